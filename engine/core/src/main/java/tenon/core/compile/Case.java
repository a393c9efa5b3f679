package tenon.core.compile;

import java.util.ArrayList;
import java.util.List;

/**
 * The code behind the end of a block, up to the end of the block around. Compilers write a case of a branch table like this:
 * block n holds block n − 1 and then case n. Neighbouring cases can share a method although no sequence holds them both.
 * Immutable.
 *
 * @param entry opening of the block whose end stands in front of {@code from}
 * @param to index of the {@code end} of the block around
 * @param size bytes in the method around
 * @param targets where it branches to
 * @param inner regions inside, in order
 * @param entries openings of the blocks that end between {@code from} and {@code to}, if several cases are taken together
 */
record Case(int entry, int from, int to, int size, Targets targets, List<Region> inner, List<Integer> entries) {
    Case {
        inner = List.copyOf(inner);
        entries = List.copyOf(entries);
    }

    /** Neighbouring cases as if they were one. */
    static Case of(List<Case> neighbours) {
        Case first = neighbours.getFirst();
        int size = 0;
        Targets targets = Targets.NONE;
        var inner = new ArrayList<Region>();
        var entries = new ArrayList<Integer>();
        for (Case each : neighbours) {
            if (each != first) {
                entries.add(each.entry);
            }
            entries.addAll(each.entries);
            inner.addAll(each.inner);
            size += each.size;
            targets = targets.and(each.targets);
        }
        return new Case(first.entry, first.from, neighbours.getLast().to, size, targets, inner, entries);
    }

    /** The region of a method for it. */
    Region region() {
        return new Region(from, to, inner, entries);
    }

    /** Where it branches to beyond itself. */
    Targets exits() {
        return entries.isEmpty() ? targets : targets.outside(entries.getLast());
    }

    /** The same once it has become the call of a method; what comes around it has to be entered at the same places. */
    Case called(Region region, int callSize) {
        return new Case(entry, from, to, callSize, exits(), List.of(region), entries);
    }

    /** Whether all of it is the call of a method. */
    boolean isCall() {
        return inner.size() == 1
                && inner.getFirst().from() == from
                && inner.getFirst().to() == to;
    }
}
