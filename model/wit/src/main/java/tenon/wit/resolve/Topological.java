package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import tenon.wit.WitException;
import tenon.wit.syntax.Identifier;

/** Puts names in an order in which each stands behind those that it depends on, and else in the order in which they are written. */
final class Topological {
    private final SequencedMap<String, List<Identifier>> dependencies;
    private final List<String> names;
    private final HashMap<String, Integer> indices = new HashMap<>();
    private final List<List<Integer>> dependents = new ArrayList<>();
    private final int[] remaining;

    private Topological(SequencedMap<String, List<Identifier>> dependencies) {
        this.dependencies = dependencies;
        this.names = List.copyOf(dependencies.keySet());
        this.remaining = new int[names.size()];
        for (int i = 0; i < names.size(); i++) {
            indices.put(names.get(i), i);
            dependents.add(new ArrayList<>());
        }
    }

    /** All names that are keys depend on keys only; {@code kind} is how the error of a circle calls them. */
    static List<String> order(String kind, SequencedMap<String, List<Identifier>> dependencies) {
        return new Topological(dependencies).order(kind);
    }

    private List<String> order(String kind) {
        for (int i = 0; i < names.size(); i++) {
            for (Identifier target : targets(i)) {
                dependents.get(index(target)).add(i);
                remaining[i]++;
            }
        }
        var ready = new PriorityQueue<Integer>();
        for (int i = 0; i < names.size(); i++) {
            if (remaining[i] == 0) {
                ready.add(i);
            }
        }
        var order = new ArrayList<String>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            order.add(names.get(next));
            for (int dependent : dependents.get(next)) {
                if (--remaining[dependent] == 0) {
                    ready.add(dependent);
                }
            }
        }
        if (order.size() < names.size()) {
            throw circle(kind);
        }
        return order;
    }

    private WitException circle(String kind) {
        for (int i = 0; i < names.size(); i++) {
            for (Identifier target : targets(i)) {
                if (remaining[i] > 0 && remaining[index(target)] > 0) {
                    String fact = kind + " `" + target + "` depends on itself";
                    return target.spot()
                            .error(
                                    fact,
                                    kind.equals("type")
                                            ? "values have an end: let an index into a list, or a resource, stand for"
                                                    + " what is inside"
                                            : "put what both need of each other into one that neither is");
                }
            }
        }
        throw new AssertionError("no circle");
    }

    private List<Identifier> targets(int index) {
        return dependencies.getOrDefault(names.get(index), List.of());
    }

    private int index(Identifier name) {
        Integer index = indices.get(name.name());
        assert index != null : name;
        return index;
    }
}
