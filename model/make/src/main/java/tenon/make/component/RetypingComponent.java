package tenon.make.component;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.TypeExpression;
import tenon.component.write.ComponentWriter;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** The component that gives the functions of an exported interface the types that the interface exports. Confined to one run. */
final class RetypingComponent {
    private final PackageGraph graph;
    private final InterfaceId home;
    private final ComponentWriter out = new ComponentWriter();
    private TypeMaps maps = new TypeMaps();
    private final SequencedMap<String, Integer> imported = new LinkedHashMap<>();
    private boolean exporting;

    RetypingComponent(PackageGraph graph, InterfaceId home) {
        this.graph = graph;
        this.home = home;
    }

    private TypeScope scope(InterfaceId of) {
        return new TypeScope(graph, Optional.of(of), maps, new Types());
    }

    /** A type of another interface comes in as an import. */
    void addForeign(InterfaceId owner, TypeId type) {
        scope(owner).value(type);
    }

    /** Writes all the rest; gives the types that it imports by name. */
    SequencedMap<String, TypeId> write() {
        TypeMaps foreign = maps.copy();
        Interface face = graph.get(home);
        var resources = new HashMap<TypeId, Integer>();
        face.types().values().forEach(type -> {
            if (graph.get(type).kind() instanceof TypeKind.Resource) {
                resources.put(type, scope(home).index(type));
            }
        });
        face.functions().values().forEach(function -> {
            int type = scope(home).function(function);
            out.importItem(importName(function), new ExternDescription.FunctionUse(type));
        });
        SequencedMap<String, TypeId> taken = taken();
        maps = foreign;
        maps.functions.clear();
        exporting = true;
        face.types().values().forEach(type -> exportType(type, resources));
        int index = 0;
        for (Function function : face.functions().values()) {
            int type = scope(home).function(function);
            out.export(
                    TypeScope.name(function.name(), function.remarks()),
                    new SortIndex(Sort.FUNC, index++),
                    Optional.of(new ExternDescription.FunctionUse(type)));
        }
        return taken;
    }

    /** Resources go out as they came in, so that no new ones are made. */
    private void exportType(TypeId type, Map<TypeId, Integer> resources) {
        TypeDefinition definition = graph.get(type);
        if (definition.kind() instanceof TypeKind.Resource) {
            ExternalName name = TypeScope.name(definition.name().orElseThrow(), definition.remarks());
            int resource = Objects.requireNonNull(resources.get(type));
            maps.ids.put(type, out.export(name, new SortIndex(Sort.TYPE, resource), Optional.empty()));
        } else {
            scope(home).value(type);
        }
    }

    private SequencedMap<String, TypeId> taken() {
        var byIndex = new HashMap<Integer, TypeId>();
        maps.ids.forEach((id, index) -> byIndex.put(index, id));
        var taken = new LinkedHashMap<String, TypeId>();
        imported.forEach((name, index) -> taken.put(name, Objects.requireNonNull(byIndex.get(index))));
        return taken;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** The name of a lifted function among the imports. */
    static String importName(Function function) {
        return switch (function.kind().form()) {
            case FREESTANDING -> "import-func-" + function.label();
            case METHOD, STATIC, CONSTRUCTOR ->
                "import-" + function.name().replace("[", "").replaceAll("[\\]. ]", "-");
        };
    }

    /** Types come in as imports, and go out as exports. */
    private final class Types implements TypeScope.Target {
        @Override
        public int define(TypeExpression type) {
            return out.type(type);
        }

        @Override
        public int named(ExternalName name, int index) {
            return exporting
                    ? out.export(name, new SortIndex(Sort.TYPE, index), Optional.empty())
                    : importType(name, new ExternDescription.TypeEqual(index));
        }

        @Override
        public int resource(ExternalName name) {
            assert !exporting : name;
            return importType(name, new ExternDescription.SubResource());
        }

        @Override
        public int foreign(InterfaceId owner, TypeId id) {
            throw new AssertionError("all types are there: " + graph.get(id));
        }

        private int importType(ExternalName name, ExternDescription type) {
            String unique = "import-type-" + name.text();
            for (int i = 0; imported.containsKey(unique); i++) {
                unique = unique + i;
            }
            int index = out.importItem(unique, type);
            imported.put(unique, index);
            return index;
        }
    }
}
