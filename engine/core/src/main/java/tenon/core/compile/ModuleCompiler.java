package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.ClassBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tenon.types.UnsupportedException;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/**
 * Writes the classes of one module when they are asked for. The bytes depend on the module, the options and the class's
 * name alone, so they can be kept. Immutable, thread-safe.
 */
public final class ModuleCompiler {
    private final ModuleLayout layout;
    private final IntConsumer methods;

    /** {@code methods} is told the bytes of each method that a function becomes. */
    public ModuleCompiler(ModuleLayout layout, IntConsumer methods) {
        this.layout = layout;
        this.methods = methods;
    }

    public ModuleLayout layout() {
        return layout;
    }

    /** The class file of a class of the module's package, by its name without package; null if there is no such class. */
    public byte @Nullable [] classFile(String simpleName) {
        try {
            return switch (simpleName) {
                case "Instance" ->
                    ClassFiles.write(layout.instance(), Runtime.INSTANCE, new InstanceClass(layout)::write);
                case "Calls" -> ClassFiles.write(layout.calls(), CD_Object, new CallsClass(layout)::write);
                case "Tails" -> ClassFiles.write(layout.tails(), CD_Object, new TailsClass(layout)::write);
                default -> {
                    byte[] frame = Frame.classFile(layout, simpleName);
                    yield frame != null ? frame : functions(simpleName);
                }
            };
        } catch (IllegalArgumentException e) {
            // the class-file library's word for a method or a constant pool that the format cannot hold
            throw new UnsupportedException(
                    layout.module().binary().start(),
                    "class " + simpleName + " of the module does not fit a class file: " + firstLine(e));
        }
    }

    private static String firstLine(IllegalArgumentException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** The offset in the binary that a line number of a function's method stands for. */
    public static int position(ModuleLayout layout, int function, int line) {
        Module.Code code = layout.module().code().get(function - layout.module().importedFunctions());
        return code.start() + (line - 1) * RegionEmitter.lineScale(code);
    }

    private byte @Nullable [] functions(String simpleName) {
        if (!simpleName.matches("F[0-9]{1,9}")) {
            return null;
        }
        int group = Integer.parseInt(simpleName.substring(1));
        if (group >= layout.groups()) {
            return null;
        }
        byte[] bytes = ClassFiles.write(layout.group(group), CD_Object, builder -> {
            for (int i = layout.groupStart(group); i < layout.groupStart(group + 1); i++) {
                function(builder, i);
            }
        });
        ClassFiles.codeLengths(bytes).forEach(methods);
        return bytes;
    }

    /** Writes all classes of functions, for their counts. */
    public void compileAll() {
        for (int group = 0; group < layout.groups(); group++) {
            classFile("F" + group);
        }
    }

    private void function(ClassBuilder builder, int function) {
        if (layout.hasTailCalls(function)) {
            builder.withMethodBody(
                    layout.method(function),
                    layout.descriptor(function),
                    ClassFiles.STATIC,
                    code -> TailsClass.enter(code, layout, function));
        }
        FunctionBody body = FunctionBody.decode(layout.module(), function);
        Liveness liveness = Liveness.of(body);
        Region plan = layout.splits() ? Splitter.plan(body, liveness, layout.limits()) : Region.whole(body);
        Region whole = new Region(plan.from(), plan.to(), possible(body, liveness, plan.inner()));
        emit(builder, body, liveness, RegionBorder.of(body, liveness, whole), Dispatch.of(body));
    }

    private String rootMethod(int function) {
        return layout.hasTailCalls(function) ? layout.bodyMethod(function) : layout.method(function);
    }

    /** Regions that give back more than an instance has fields for stay where they are, and what is in them goes up. */
    private static List<Region> possible(FunctionBody body, Liveness liveness, List<Region> regions) {
        var possible = new ArrayList<Region>();
        for (Region region : regions) {
            List<Region> inner = possible(body, liveness, region.inner());
            if (Scratch.suffices(body, RegionBorder.of(body, liveness, region))) {
                possible.add(new Region(region.from(), region.to(), inner, region.entries()));
            } else {
                possible.addAll(inner);
            }
        }
        return possible;
    }

    private void emit(
            ClassBuilder builder, FunctionBody body, Liveness liveness, RegionBorder border, Dispatch dispatch) {
        Region region = border.region();
        Frame given = border.frame();
        // a case on its own keeps its locals in slots, and so do the methods that it calls
        Frame frame =
                given == null ? frame(body, liveness, region) : region.entries().isEmpty() ? null : given;
        List<RegionBorder> inner = new ArrayList<>();
        for (Region each : region.inner()) {
            int table = dispatch.table(each);
            boolean known = table >= 0 && (table == border.table() || region.holds(table));
            inner.add(RegionBorder.of(body, liveness, each).called(known ? table : -1, frame));
        }
        boolean root = region.from() == 0;
        builder.withMethodBody(
                root ? rootMethod(body.functionIndex()) : Exits.name(layout, body, region),
                root ? layout.descriptor(body.functionIndex()) : Exits.descriptor(layout, body, border),
                ClassFiles.STATIC,
                code -> new RegionEmitter(
                                layout, body, liveness, border, inner, dispatch, given != null ? given : frame, code)
                        .emit());
        for (RegionBorder each : inner) {
            emit(builder, body, liveness, each, dispatch);
        }
    }

    /** A frame for a method with a long branch table and the methods of its cases; null where there is no such table. */
    private @Nullable Frame frame(FunctionBody body, Liveness liveness, Region region) {
        if (region.inner().size() < layout.limits().leastInFrame() || !hasLongTable(body, region)) {
            return null;
        }
        var locals = new BitSet();
        addShared(body, liveness, region, locals);
        return Frame.of(layout, body, locals);
    }

    private boolean hasLongTable(FunctionBody body, Region region) {
        for (int i = region.from(); i < region.to(); i++) {
            if (body.opcode(i) == Opcode.BR_TABLE
                    && body.targets(i).length >= layout.limits().longTable()
                    && region.holds(i)) {
                return true;
            }
        }
        return false;
    }

    /** Adds the locals that go into the inner regions or come out of them. */
    private static void addShared(FunctionBody body, Liveness liveness, Region region, BitSet locals) {
        for (Region each : region.inner()) {
            var border = RegionBorder.of(body, liveness, each);
            Arrays.stream(border.inputs()).forEach(locals::set);
            Arrays.stream(border.outputs()).forEach(locals::set);
            if (!each.entries().isEmpty()) {
                addShared(body, liveness, each, locals);
            }
        }
    }
}
