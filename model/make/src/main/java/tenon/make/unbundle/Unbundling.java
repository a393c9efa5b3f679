package tenon.make.unbundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.CoreTypeDefinition.ModuleDeclaration;
import tenon.component.Definition;
import tenon.component.ExternDescription;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.read.ComponentDecoder;
import tenon.component.write.ComponentWriter;
import tenon.make.MakeException;
import tenon.types.core.ExternType;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.RecGroup;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.Binary;
import tenon.wasm.Module;

/**
 * Takes core modules out of a component: it imports each as {@code unbundled-moduleN}, in front of all else, and an alias stands where the
 * module stood, so that several components can share one. Confined to one run.
 */
public final class Unbundling {
    private static final String NAME = "unbundled-module";

    private final int threshold;
    private final List<byte[]> modules = new ArrayList<>();
    private final Map<CoreModule, Integer> places = new HashMap<>();
    private final List<CoreTypeDefinition> types = new ArrayList<>();
    private final List<Integer> moduleTypes = new ArrayList<>();
    private final Map<FuncType, Integer> functionTypes = new HashMap<>();

    /**
     * What became of a component.
     *
     * @param modules module N was taken out as {@code unbundled-moduleN}
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Unbundled(byte[] component, List<byte[]> modules) {
        public Unbundled {
            modules = List.copyOf(modules);
        }

        /** The name that the component imports a module by. */
        public static String name(int module) {
            return NAME + module;
        }
    }

    private Unbundling(int threshold) {
        this.threshold = threshold;
    }

    /** Takes out the modules of more than {@code threshold} bytes. */
    public static Unbundled of(byte[] binary, int threshold) {
        var run = new Unbundling(threshold);
        Component component = ComponentDecoder.decode(binary, ComponentFeatures.ALL);
        run.find(component);
        var writer = new ComponentWriter();
        run.types.forEach(writer::add);
        for (int i = 0; i < run.moduleTypes.size(); i++) {
            writer.importItem(NAME + i, new ExternDescription.ModuleUse(run.moduleTypes.get(i)));
        }
        run.write(component, writer, new Shift(run.types.size(), run.moduleTypes.size()), 0);
        return new Unbundled(writer.toByteArray(), run.modules);
    }

    private void find(Component component) {
        for (Definition definition : component.definitions()) {
            if (definition instanceof CoreModule module) {
                Binary binary = module.binary();
                if (binary.end() - binary.start() > threshold) {
                    places.put(module, modules.size());
                    modules.add(Arrays.copyOfRange(binary.bytes(), binary.start(), binary.end()));
                    addType(module.module());
                }
            } else if (definition instanceof NestedComponent nested) {
                find(nested.component());
            }
        }
    }

    private void addType(Module module) {
        var declarations = new ArrayList<ModuleDeclaration>();
        var known = new HashMap<Integer, Integer>();
        module.imports()
                .forEach(imported -> declarations.add(new CoreTypeDefinition.ModuleImport(
                        imported.module(), imported.name(), extern(module, imported.type(), declarations, known), 0)));
        module.exports()
                .forEach(export -> declarations.add(new CoreTypeDefinition.ModuleExport(
                        export.name(), extern(module, type(module, export), declarations, known), 0)));
        moduleTypes.add(types.size());
        types.add(new CoreTypeDefinition.ModuleType(declarations, 0));
    }

    private static ExternType type(Module module, Module.Export export) {
        int index = export.index();
        return switch (export.kind()) {
            case FUNCTION -> new FuncTypeUse(module.spaces().functions().get(index));
            case TABLE -> module.spaces().tables().get(index);
            case MEMORY -> module.spaces().memories().get(index);
            case GLOBAL -> module.spaces().globals().get(index);
            case TAG -> module.spaces().tags().get(index);
        };
    }

    /** Function types stand in front of the module types, which refer to them. */
    private ExternType extern(
            Module module, ExternType type, List<ModuleDeclaration> declarations, Map<Integer, Integer> known) {
        return switch (type) {
            case FuncTypeUse(int index) -> new FuncTypeUse(local(module, index, declarations, known));
            case TagType tag -> new TagType(local(module, tag.typeIndex(), declarations, known));
            case TableType _, MemoryType _, GlobalType _ -> type;
        };
    }

    private int local(Module module, int index, List<ModuleDeclaration> declarations, Map<Integer, Integer> known) {
        if (!(module.compositeType(index) instanceof FuncType function)) {
            throw new MakeException("a module imports or exports a function of type " + index + ", which is none");
        }
        int outer = functionTypes.computeIfAbsent(function, _ -> {
            types.add(new CoreTypeDefinition.Group(new RecGroup(List.of(SubType.of(function))), 0));
            return types.size() - 1;
        });
        return known.computeIfAbsent(outer, _ -> {
            declarations.add(new CoreTypeDefinition.ModuleOuterAlias(1, outer, 0));
            return known.size();
        });
    }

    /** How much further core types and modules of the outermost component stand. */
    private record Shift(int types, int modules) {}

    private void write(Component component, ComponentWriter writer, Shift shift, int depth) {
        var indices = new ShiftedIndices(shift.types(), shift.modules(), depth);
        for (Definition definition : component.definitions()) {
            Integer place = definition instanceof CoreModule module ? places.get(module) : null;
            if (place != null) {
                writer.outer(Sort.CORE_MODULE, depth, place);
                writer.endSection();
            } else if (definition instanceof NestedComponent nested) {
                var inner = new ComponentWriter();
                write(nested.component(), inner, shift, depth + 1);
                writer.component(inner.toByteArray());
            } else {
                writer.add(indices.shifted(definition));
            }
        }
        byte[] file = component.binary().bytes();
        component.customs().forEach(custom -> {
            if (!custom.name().equals("component-name")) {
                writer.custom(custom, file);
            }
        });
        writeNames(component, writer, depth == 0 ? shift : new Shift(0, 0));
    }

    private static void writeNames(Component component, ComponentWriter writer, Shift shift) {
        component.names().component().ifPresent(writer::name);
        component
                .names()
                .names()
                .forEach((sort, names) -> names.forEach((index, text) -> {
                    int further = switch (sort) {
                        case CORE_TYPE -> shift.types();
                        case CORE_MODULE -> shift.modules();
                        default -> 0;
                    };
                    writer.name(sort, index + further, text);
                }));
        writer.writeNames();
    }
}
