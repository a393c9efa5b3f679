package tenon.core;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tenon.types.LinkException;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.Module;

/** Makes one instance: WebAssembly 3.0, "Instantiation". Used once. */
final class Instantiation {
    private final LinkedModule linked;
    private final Module module;
    private final CoreInstance instance;
    private final Imports imports;
    private final ResourceLimits limits;
    private final Constants constants;
    private final List<String> mismatches = new ArrayList<>();

    Instantiation(LinkedModule linked, CoreInstance instance, Imports imports, ResourceLimits limits) {
        this.linked = linked;
        this.module = linked.source();
        this.instance = instance;
        this.imports = imports;
        this.limits = limits;
        this.constants = new Constants(instance);
    }

    void run(Interrupt interrupt) {
        limits.stopBy(interrupt);
        instance.begin(linked, interrupt, limits);
        takeImports();
        makeTags();
        makeTables();
        makeMemories();
        makeGlobals();
        initTables();
        for (int i = 0; i < module.elements().size(); i++) {
            runElements(i);
        }
        for (int i = 0; i < module.data().size(); i++) {
            runData(i);
        }
        if (module.start().isPresent()) {
            start(module.start().get());
        }
    }

    private void start(int function) {
        try {
            instance.function(function).handle().invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a checked exception left a guest", e);
        }
    }

    private void takeImports() {
        if (imports.values().size() != module.imports().size()) {
            throw new LinkException("the module imports " + module.imports().size() + " things, found "
                    + imports.values().size());
        }
        int function = 0;
        int table = 0;
        int memory = 0;
        int global = 0;
        int tag = 0;
        for (int i = 0; i < module.imports().size(); i++) {
            Module.Import wanted = module.imports().get(i);
            ImportValue value = imports.values().get(i);
            switch (wanted.type()) {
                case FuncTypeUse _ -> takeFunction(wanted, value, function++);
                case TableType type -> takeTable(wanted, type, value, table++);
                case MemoryType type -> takeMemory(wanted, type, value, memory++);
                case GlobalType type -> takeGlobal(wanted, type, value, global++);
                case TagType type -> takeTag(wanted, type, value, tag++);
            }
        }
        if (!mismatches.isEmpty()) {
            throw new LinkException("incompatible import type: " + String.join("; ", mismatches));
        }
    }

    private void mismatch(Module.Import wanted, String expected) {
        mismatches.add("`" + wanted.module() + "` `" + wanted.name() + "`, expected " + expected);
    }

    private void takeFunction(Module.Import wanted, ImportValue value, int index) {
        Signature expected = linked.module().signature(index);
        switch (linked.target(index)) {
            case ImportTarget.Dynamic _ -> {
                if (value instanceof CoreFunction found && found.signature().matches(expected)) {
                    instance.setFunction(index, found);
                    instance.importFunction(index, found);
                } else {
                    mismatch(wanted, "a function of type " + expected.type());
                }
            }
            case ImportTarget.Static target -> {
                if (value instanceof ImportValue.Context(Object context)) {
                    instance.setFunction(index, context);
                    instance.importFunction(index, CoreFunction.of(expected, target, context));
                } else {
                    mismatch(wanted, "a context");
                }
            }
        }
    }

    private void takeTable(Module.Import wanted, TableType type, ImportValue value, int index) {
        var element = Signature.close(type.element(), linked.module().signatures());
        if (value instanceof CoreTable found
                && element.equals(found.element())
                && fits(found.type().limits(), type.limits())) {
            instance.tables[index] = found;
            instance.setTable(index, found);
        } else {
            mismatch(wanted, "a table of " + type.element().text() + " " + text(type.limits()));
        }
    }

    private void takeMemory(Module.Import wanted, MemoryType type, ImportValue value, int index) {
        boolean large = linked.module().engine().options().largeMemories();
        if (value instanceof CoreMemory found
                && found.type().pageSizeLog2() == type.pageSizeLog2()
                && found.isChunked() == large
                && fits(found.type().limits(), type.limits())) {
            instance.memories[index] = found;
            instance.setMemory(index, found);
        } else if (value instanceof CoreMemory found && found.isChunked() != large) {
            mismatch(wanted, "a memory of an engine " + (large ? "with" : "without") + " the option `large-memories`");
        } else {
            mismatch(wanted, "a memory " + text(type.limits()));
        }
    }

    private void takeGlobal(Module.Import wanted, GlobalType type, ImportValue value, int index) {
        var expected = Signature.close(type.value(), linked.module().signatures());
        if (value instanceof CoreGlobal found
                && found.type().mutable() == type.mutable()
                && (type.mutable()
                        ? expected.equals(found.type().value())
                        : Signature.matches(found.type().value(), expected))) {
            instance.globals[index] = found;
            instance.setGlobal(index, found);
        } else {
            mismatch(
                    wanted,
                    "a " + (type.mutable() ? "mutable " : "") + "global of type "
                            + type.value().text());
        }
    }

    private void takeTag(Module.Import wanted, TagType type, ImportValue value, int index) {
        Signature expected = linked.module().signatures().get(type.typeIndex());
        if (value instanceof CoreTag found
                && found.signature().matches(expected)
                && expected.matches(found.signature())) {
            instance.tags[index] = found;
        } else {
            mismatch(wanted, "a tag of type " + expected.type());
        }
    }

    private void makeTags() {
        int imported = module.spaces().tags().size() - module.tags().size();
        for (int i = imported; i < module.spaces().tags().size(); i++) {
            TagType type = module.spaces().tags().get(i);
            instance.tags[i] = new CoreTag(linked.module().signatures().get(type.typeIndex()));
        }
    }

    /** WebAssembly 3.0, "Limits", matching. */
    private static boolean fits(Limits actual, Limits expected) {
        return actual.address() == expected.address()
                && Long.compareUnsigned(actual.min(), expected.min()) >= 0
                && (expected.max().isEmpty()
                        || actual.max().isPresent()
                                && Long.compareUnsigned(
                                                actual.max().getAsLong(),
                                                expected.max().getAsLong())
                                        <= 0);
    }

    private static String text(Limits limits) {
        OptionalLong max = limits.max();
        return (limits.address() == Limits.AddressType.I64 ? "with 64-bit addresses of at least " : "of at least ")
                + limits.min()
                + (max.isPresent() ? " and at most " + max.getAsLong() : "");
    }

    private void makeTables() {
        int imported = module.spaces().tables().size() - module.tables().size();
        for (int i = imported; i < module.spaces().tables().size(); i++) {
            TableType type = module.spaces().tables().get(i);
            var element =
                    (RefType) Signature.close(type.element(), linked.module().signatures());
            var table = new CoreTable(new TableType(type.limits(), element), null, limits, instance);
            instance.tables[i] = table;
            instance.setTable(i, table);
        }
    }

    private void initTables() {
        int imported = module.spaces().tables().size() - module.tables().size();
        for (int i = 0; i < module.tables().size(); i++) {
            if (module.tables().get(i).init().isPresent()) {
                CoreTable table = instance.tables[imported + i];
                table.fill(0, constants.reference(module.tables().get(i).init().get()), table.size());
            }
        }
    }

    private void makeMemories() {
        EngineOptions options = linked.module().engine().options();
        int imported = module.spaces().memories().size() - module.memories().size();
        for (int i = imported; i < module.spaces().memories().size(); i++) {
            CoreMemory memory = CoreMemory.of(
                    module.spaces().memories().get(i), limits, options.resettable(), options.largeMemories());
            instance.memories[i] = memory;
            instance.setMemory(i, memory);
        }
    }

    private void makeGlobals() {
        int imported = module.spaces().globals().size() - module.globals().size();
        for (int i = 0; i < module.globals().size(); i++) {
            Module.Global global = module.globals().get(i);
            var type = new GlobalType(
                    Signature.close(global.type().value(), linked.module().signatures()),
                    global.type().mutable());
            boolean number = JvmTypes.of(type.value()).isPrimitive();
            long bits = number ? constants.bits(global.init()) : 0;
            Object reference = number ? null : constants.reference(global.init());
            int index = imported + i;
            if (linked.isCell(index)) {
                var cell = new CoreGlobal(type, bits, reference);
                instance.globals[index] = cell;
                instance.setGlobal(index, cell);
            } else if (number) {
                instance.setNumber(index, bits);
            } else {
                instance.setReference(index, reference);
            }
        }
    }

    private void runElements(int segment) {
        Module.ElementSegment elements = module.elements().get(segment);
        switch (elements.mode()) {
            case Module.Mode.Passive _ -> {}
            case Module.Mode.Declarative _ -> instance.elemDrop(segment);
            case Module.Mode.Active(int target, Module.ConstantExpression offset) -> {
                int length = elements.elements().size();
                instance.tableInit(
                        instance.tables[target],
                        segment,
                        offset(instance.tables[target].type().limits(), offset),
                        0,
                        length);
                instance.elemDrop(segment);
            }
        }
    }

    /** Where an active segment goes, unsigned. */
    private int offset(Limits target, Module.ConstantExpression offset) {
        long bits = constants.bits(offset);
        boolean beyond = target.address() == Limits.AddressType.I64 && bits >>> Integer.SIZE != 0;
        // the highest number lies outside of everything
        return beyond ? -1 : (int) bits;
    }

    private void runData(int segment) {
        Module.DataSegment data = module.data().get(segment);
        if (data.mode() instanceof Module.Mode.Active(int target, Module.ConstantExpression offset)) {
            int length = data.end() - data.start();
            CoreMemory memory = instance.memories[target];
            long bits = constants.bits(offset);
            boolean wide = memory.type().limits().address() == Limits.AddressType.I64;
            instance.memoryInit(memory, segment, wide ? bits : Integer.toUnsignedLong((int) bits), 0, length);
            instance.dataDrop(segment);
        }
    }
}
