package tenon.make.world;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import tenon.wit.Function;
import tenon.wit.FunctionKind;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeId;
import tenon.wit.World;

/** Types that something stands on, each behind those that it is made of. Confined to one run. */
public final class LiveTypes {
    private final PackageGraph graph;
    private final SequencedSet<TypeId> types = new LinkedHashSet<>();

    /** No types of {@code graph}. */
    public LiveTypes(PackageGraph graph) {
        this.graph = graph;
    }

    /** The types so far, in order. */
    public SequencedSet<TypeId> types() {
        return types;
    }

    /** What an import or export stands on. */
    public void add(World.Item item) {
        switch (item) {
            case World.Item.OfInterface named -> add(named.id());
            case World.Item.OfFunction(Function function) -> add(function);
            case World.Item.OfType(TypeId id) -> add(id);
        }
    }

    /** What an interface holds. */
    public void add(InterfaceId id) {
        Interface face = graph.get(id);
        face.types().values().forEach(this::add);
        face.functions().values().forEach(this::add);
    }

    /** What a function takes and gives. */
    public void add(Function function) {
        if (function.kind().form() == FunctionKind.Form.STATIC) {
            function.kind().resource().ifPresent(this::add);
        }
        function.params().forEach(param -> add(param.type()));
        function.result().ifPresent(this::add);
    }

    /** A type and what it is made of. */
    public void add(Type type) {
        if (type instanceof TypeId id && !types.contains(id)) {
            graph.get(id).kind().parts().forEach(this::add);
            types.add(id);
        }
    }
}
