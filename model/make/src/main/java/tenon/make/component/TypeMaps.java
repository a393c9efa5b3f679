package tenon.make.component;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.wit.Function;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** Where types of a graph stand in an index space of types. Confined to one run. */
final class TypeMaps {
    final Map<TypeId, Integer> ids = new HashMap<>();

    /** Of types without a name: equal ones are one. */
    final Map<TypeKind, Integer> kinds = new HashMap<>();

    final Map<Signature, Integer> functions = new HashMap<>();

    /** Streams, and futures, without a type. */
    final Map<Boolean, Integer> units = new HashMap<>();

    /** What makes function types equal. */
    record Signature(boolean async, List<Function.Parameter> params, Optional<Type> result) {}

    TypeMaps copy() {
        var copy = new TypeMaps();
        copy.ids.putAll(ids);
        copy.kinds.putAll(kinds);
        copy.functions.putAll(functions);
        copy.units.putAll(units);
        return copy;
    }

    Optional<Integer> find(PackageGraph graph, TypeId id) {
        Integer index = ids.get(id);
        if (index == null && graph.get(id).name().isEmpty()) {
            index = kinds.get(graph.get(id).kind());
        }
        return Optional.ofNullable(index);
    }

    void put(PackageGraph graph, TypeId id, int index) {
        ids.put(id, index);
        if (graph.get(id).name().isEmpty()) {
            kinds.put(graph.get(id).kind(), index);
        }
    }
}
