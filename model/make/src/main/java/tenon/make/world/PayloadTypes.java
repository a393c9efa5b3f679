package tenon.make.world;

import java.util.ArrayList;
import java.util.List;
import tenon.wit.Function;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** The streams and futures of a function, as names of built-ins count them: parameters first, inner ones before outer ones. */
public final class PayloadTypes {
    private final PackageGraph graph;
    private final List<TypeId> found = new ArrayList<>();

    private PayloadTypes(PackageGraph graph) {
        this.graph = graph;
    }

    /** Those of a function, in order. */
    public static List<TypeId> of(PackageGraph graph, Function function) {
        var payloads = new PayloadTypes(graph);
        function.params().forEach(param -> payloads.find(param.type()));
        function.result().ifPresent(payloads::find);
        return payloads.found;
    }

    private void find(Type type) {
        if (!(type instanceof TypeId id)) {
            return;
        }
        TypeKind kind = graph.get(id).kind();
        if (kind instanceof TypeKind.Own || kind instanceof TypeKind.Borrow) {
            return;
        }
        kind.parts().forEach(this::find);
        if (kind instanceof TypeKind.Stream || kind instanceof TypeKind.Future) {
            found.add(id);
        }
    }
}
