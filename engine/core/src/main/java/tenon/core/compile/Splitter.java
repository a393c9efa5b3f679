package tenon.core.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.wasm.Opcode;

/**
 * Plans how a big function becomes several methods, since HotSpot compiles no method over 8,000 bytes and optimises far
 * smaller ones better.
 *
 * <p>Policy: a body below {@link SplitLimits#whole} bytes stays whole. Otherwise sequences are visited innermost first; one that is too
 * big for a method is cut into runs of {@link SplitLimits#least} to {@link SplitLimits#most} bytes, at the boundaries where the fewest locals and
 * operands are alive, and runs are outlined, largest first, until what stays behind is small enough. Calls to regions count
 * like instructions afterwards, so that a long sequence of calls is cut again. One pass; time grows with the body's length.
 */
public final class Splitter {
    /** More exits make the switch behind the call too long. */
    static final int MOST_EXITS = 12;
    /** The JVM allows 255 slots; a long list is slow before that. */
    static final int MOST_PARAMETERS = 100;

    static final int MOST_EXITS_OF_CASES = 40;
    static final int MOST_PARAMETERS_OF_CASES = 110;

    private final FunctionBody body;
    private final Liveness liveness;
    private final Dispatch dispatch;
    private final NestLengths nests;
    private final SplitLimits limits;
    /** Whether long nests are put into methods as a whole. */
    private final boolean inLevels;

    /** Bytes of the largest method. */
    private int largest;

    private final ArrayList<Sequence> open = new ArrayList<>();

    private Splitter(FunctionBody body, Liveness liveness, SplitLimits limits, boolean inLevels) {
        this.body = body;
        this.liveness = liveness;
        this.dispatch = Dispatch.of(body);
        this.nests = NestLengths.of(body);
        this.limits = limits;
        this.inLevels = inLevels;
    }

    /** The whole body, with the regions that become methods of their own inside; none if it stays whole. */
    public static Region plan(FunctionBody body, Liveness liveness, SplitLimits limits) {
        long size = 0;
        for (int i = 0; i < body.size(); i++) {
            size += BytecodeSize.of(body, i);
        }
        if (size <= limits.whole()) {
            return Region.whole(body);
        }
        var splitter = new Splitter(body, liveness, limits, false);
        List<Region> regions = splitter.plan();
        if (splitter.largest > limits.tooBig()) {
            var other = new Splitter(body, liveness, limits, true);
            List<Region> others = other.plan();
            regions = other.largest < splitter.largest ? others : regions;
        }
        return new Region(0, body.size(), regions);
    }

    /** The items of one sequence so far: the body of a block, or one arm of an {@code if}. */
    private static final class Sequence {
        private final int opening;
        private final ArrayList<Item> items = new ArrayList<>();
        /** Regions and exits of the arm before {@code else}. */
        private final ArrayList<Region> regions = new ArrayList<>();

        private Targets targets = Targets.NONE;
        private int size;
        private ArrayList<Case> cases = new ArrayList<>(0);
        private boolean table;

        Sequence(int opening) {
            this.opening = opening;
        }
    }

    /**
     * One or more sibling instructions from {@code from} to {@code to}: a plain instruction, a block with all that is in it, or
     * the call of a region.
     *
     * @param size bytes in the method around it
     * @param targets openings that it branches to and that lie outside of it
     * @param outlined the region that it calls, or null
     * @param inner the regions in the method around it that stand inside of it
     * @param cases of a block: the cases that end it and the blocks nested in front of them, innermost first
     * @param table whether a long branch table is in it
     */
    private record Item(
            int from,
            int to,
            int size,
            Targets targets,
            @Nullable Region outlined,
            List<Region> inner,
            ArrayList<Case> cases,
            boolean table) {

        Item(int from, int to, int size, Targets targets, @Nullable Region outlined, List<Region> inner) {
            this(from, to, size, targets, outlined, inner, new ArrayList<>(0), false);
        }
    }

    private List<Region> plan() {
        for (int i = 0; i < body.size(); i++) {
            switch (body.opcode(i)) {
                case BLOCK, LOOP, IF, TRY_TABLE -> open.add(new Sequence(i));
                case ELSE -> {
                    Sequence arm = open.getLast();
                    close(arm);
                }
                case END -> {
                    Sequence sequence = open.removeLast();
                    close(sequence);
                    if (open.isEmpty()) {
                        largest = Math.max(largest, sequence.size);
                        return sequence.regions;
                    }
                    open.getLast().items.add(block(sequence, i + 1));
                }
                default -> open.getLast().items.add(plain(i));
            }
        }
        throw new AssertionError("the body does not end");
    }

    private Item plain(int i) {
        Targets targets = switch (body.opcode(i)) {
            case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> Targets.of(body.index(i));
            case BR_TABLE -> Targets.of(body.targets(i));
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> Targets.of(0);
            default -> Targets.NONE;
        };
        boolean table = body.opcode(i) == Opcode.BR_TABLE && body.targets(i).length >= limits.longTable();
        return new Item(i, i + 1, BytecodeSize.of(body, i), targets, null, List.of(), new ArrayList<>(0), table);
    }

    private Item block(Sequence sequence, int to) {
        int size = sequence.size + BytecodeSize.of(body, sequence.opening) + 1;
        Targets targets = sequence.targets
                .and(targets(body.block(sequence.opening).catches()))
                .outside(sequence.opening);
        return new Item(
                sequence.opening,
                to,
                size,
                targets,
                null,
                List.copyOf(sequence.regions),
                sequence.cases,
                sequence.table);
    }

    /** Ends a sequence or the first arm of an {@code if}: outlines what is too much and sums up the rest. */
    private void close(Sequence sequence) {
        List<Item> items = sequence.items;
        int nest = nest(sequence);
        boolean isLong = inLevels && nest >= 0 && nests.length(sequence.opening) >= limits.longNest();
        if (isLong) {
            items = closeLongNest(sequence.opening, items, nest);
        } else if (nest >= 0) {
            items = shrink(items, nest);
        }
        int table = table(items);
        if (nest < 0 && table >= 0) {
            items = outline(items, table);
        }
        if (!isLong && size(items) > (nest >= 0 ? limits.table() : table >= 0 ? limits.aroundTable() : limits.kept())) {
            items = outline(items, -1);
        }
        if (nest >= 0) {
            sequence.cases = cases(sequence.opening, items, isLong);
        }
        sequence.size += size(items);
        sequence.table |= table(items) >= 0;
        for (Item item : items) {
            sequence.targets = sequence.targets.and(item.targets);
            if (item.outlined != null) {
                sequence.regions.add(item.outlined);
            } else {
                sequence.regions.addAll(item.inner);
            }
        }
        sequence.items.clear();
    }

    /**
     * Outlines cases from around a branch table. What is a call already stays where it is while there is room, since each
     * method between the table and a case costs every turn of an interpreter.
     */
    private List<Item> shrink(List<Item> items, int nest) {
        int from = items.get(nest).from;
        if (size(items) > limits.kept()) {
            items.set(nest, shareMethods(items.get(nest), false));
        }
        List<Item> shrunk = outline(items, from);
        for (int k = 0; k < shrunk.size() && size(shrunk) > limits.table(); k++) {
            if (shrunk.get(k).from == from) {
                shrunk.set(k, shareMethods(shrunk.get(k), true));
            }
        }
        return shrunk;
    }

    /**
     * Outlines what stands beside the nest. Its cases wait until its outermost block is closed: then they are put into
     * methods, and groups of such methods again, so that none is many calls away.
     */
    private List<Item> closeLongNest(int opening, List<Item> items, int nest) {
        List<Item> result = new ArrayList<>(outline(items.subList(0, nest), -1));
        int at = result.size();
        result.add(items.get(nest));
        result.addAll(outline(items.subList(nest + 1, items.size()), -1));
        int before = Integer.MAX_VALUE;
        while (!nests.isInner(opening) && size(result) > limits.kept() && size(result) < before) {
            before = size(result);
            result.set(at, shareMethods(result.get(at), true));
        }
        return result;
    }

    /** Where the first item begins that holds a long branch table; −1 if none does. */
    private int table(List<Item> items) {
        for (Item item : items) {
            if (item.outlined == null && item.table) {
                return item.from;
            }
        }
        return -1;
    }

    /** Which item of a block is a block in front of its case; −1 if there is none. */
    private int nest(Sequence sequence) {
        if (body.opcode(sequence.opening) != Opcode.BLOCK) {
            return -1;
        }
        for (int k = 0; k < sequence.items.size(); k++) {
            if (isNest(sequence.items.get(k), sequence.opening)) {
                return k;
            }
        }
        return -1;
    }

    private boolean isNest(Item item, int around) {
        return item.outlined == null && NestLengths.isNest(body, item.from, around);
    }

    /** The cases of the first block among the items, and what follows it as the last one. */
    private ArrayList<Case> cases(int around, List<Item> items, boolean isLong) {
        for (int k = 0; k < items.size(); k++) {
            Item nest = items.get(k);
            if (isNest(nest, around)) {
                ArrayList<Case> cases = nest.cases;
                if (k + 1 < items.size()) {
                    cases.add(caseOf(nest.from, items.subList(k + 1, items.size())));
                } else if (!isLong) {
                    cases.clear();
                } else if (!cases.isEmpty()) {
                    // two blocks end in one place: the case before them goes on
                    var empty = new Case(nest.from, nest.to, nest.to, 1, Targets.NONE, List.of(), List.of());
                    cases.add(Case.of(List.of(cases.removeLast(), empty)));
                }
                return cases;
            }
        }
        return new ArrayList<>(0);
    }

    private static Case caseOf(int entry, List<Item> items) {
        Targets targets = Targets.NONE;
        var inner = new ArrayList<Region>();
        for (Item item : items) {
            targets = targets.and(item.targets);
            if (item.outlined != null) {
                inner.add(item.outlined);
            } else {
                inner.addAll(item.inner);
            }
        }
        int to = items.getLast().to;
        return new Case(entry, items.getFirst().from, to, size(items), targets, inner, List.of());
    }

    /** Puts neighbouring cases of a nest of blocks into methods, as many into each as fit; {@code calls} with those that are calls. */
    private Item shareMethods(Item nest, boolean calls) {
        var cases = new ArrayList<Case>();
        var inner = new ArrayList<>(nest.inner);
        int saved = 0;
        int first = 0;
        while (first < nest.cases.size()) {
            int size = 0;
            int end = first;
            while (end < nest.cases.size()
                    && (calls || !nest.cases.get(end).isCall())
                    && (end == first || size + nest.cases.get(end).size() <= limits.most())) {
                size += nest.cases.get(end++).size();
            }
            if (end == first) {
                cases.add(nest.cases.get(first++));
                continue;
            }
            Case group = Case.of(nest.cases.subList(first, end));
            Case called = size >= limits.least() ? called(group) : null;
            if (called == null) {
                cases.addAll(nest.cases.subList(first, end));
            } else {
                saved += size - called.size();
                largest = Math.max(largest, size);
                cases.add(called);
                inner.removeIf(region -> region.from() >= group.from() && region.to() <= group.to());
                inner.addAll(called.inner());
            }
            first = end;
        }
        inner.sort((a, b) -> Integer.compare(a.from(), b.from()));
        return new Item(nest.from, nest.to, nest.size - saved, nest.targets, null, inner, cases, nest.table);
    }

    /** The call that replaces cases, or null where they cannot share a method, or where that saves too little. */
    private @Nullable Case called(Case group) {
        Targets exits = group.exits().and(handlers(group.from()));
        if (exits.isMoreThan(MOST_EXITS_OF_CASES)) {
            return null;
        }
        var border = RegionBorder.of(body, liveness, group.region());
        if (border.inputs().length > MOST_PARAMETERS_OF_CASES) {
            return null;
        }
        int table = dispatch.table(border.region());
        int entries = (int) group.entries().stream()
                .filter(entry -> !dispatch.isOnly(table, entry))
                .count();
        int size = 9 * (entries + 1)
                + BytecodeSize.ofCall(border.inputs().length, 0, border.outputs().length, border.exits().length);
        return 2 * size < group.size() ? group.called(border.region(), size) : null;
    }

    private static int size(List<Item> items) {
        long size = 0;
        for (Item item : items) {
            size += item.size;
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** Replaces runs of items by calls until the sequence is small enough or nothing more helps. */
    private List<Item> outline(List<Item> sequence, int spared) {
        List<Item> items = sequence;
        int before = Integer.MAX_VALUE;
        while (size(items) > limits.kept() && size(items) < before) {
            before = size(items);
            items = outlineOnce(items, spared);
        }
        return items;
    }

    /** Replaces runs of items by calls, the largest runs first; not that with the item that begins at {@code spared}. */
    private List<Item> outlineOnce(List<Item> items, int spared) {
        List<Run> runs = runs(items);
        var chosen = new ArrayList<Run>(runs);
        chosen.sort((a, b) -> Integer.compare(b.size, a.size));
        int size = size(items);
        var calls = new Item[items.size()];
        var skip = new int[items.size()];
        for (Run run : chosen) {
            if (size <= limits.kept()) {
                break;
            }
            if (items.get(run.first).from <= spared && items.get(run.last).to > spared) {
                continue;
            }
            Item call = call(items.subList(run.first, run.last + 1));
            if (call != null && call.size < run.size) {
                calls[run.first] = call;
                skip[run.first] = run.last;
                largest = Math.max(largest, run.size);
                size -= run.size - call.size;
            }
        }
        var result = new ArrayList<Item>();
        for (int k = 0; k < items.size(); k++) {
            if (calls[k] != null) {
                result.add(calls[k]);
                k = skip[k];
            } else {
                result.add(items.get(k));
            }
        }
        return result;
    }

    /** Items {@code first} to {@code last}, both included. */
    private record Run(int first, int last, int size) {}

    /** Cuts a sequence into runs, from left to right, each ending where the least is alive. */
    private List<Run> runs(List<Item> items) {
        var runs = new ArrayList<Run>();
        int first = 0;
        while (first < items.size()) {
            int best = first;
            int bestCost = Integer.MAX_VALUE;
            int bestSize = 0;
            int size = 0;
            for (int k = first; k < items.size(); k++) {
                size += items.get(k).size;
                if (size > limits.most() && k > first) {
                    break;
                }
                if (size >= limits.least() || k == items.size() - 1) {
                    int cost = alive(items.get(k).to);
                    if (cost <= bestCost) {
                        best = k;
                        bestCost = cost;
                        bestSize = size;
                    }
                }
            }
            if (bestSize == 0) {
                // a large item follows small ones: end in front of it
                best = first;
                bestSize = items.get(first).size;
                while (best + 1 < items.size() && bestSize + items.get(best + 1).size <= limits.most()) {
                    bestSize += items.get(++best).size;
                }
            }
            runs.add(new Run(first, best, bestSize));
            first = best + 1;
        }
        return runs;
    }

    private int alive(int i) {
        return liveness.count(i) + 2 * body.before(i).height();
    }

    /** The call that replaces a run, or null where it cannot be a method. */
    private @Nullable Item call(List<Item> run) {
        Targets targets = Targets.NONE;
        var inner = new ArrayList<Region>();
        for (Item item : run) {
            targets = targets.and(item.targets);
            if (item.outlined != null) {
                inner.add(item.outlined);
            } else {
                inner.addAll(item.inner);
            }
        }
        int from = run.getFirst().from;
        int to = run.getLast().to;
        targets = targets.and(handlers(from));
        if (targets.isMoreThan(MOST_EXITS)) {
            return null;
        }
        var border = RegionBorder.of(body, liveness, new Region(from, to, inner));
        int parameters = border.consumed().length + border.inputs().length;
        if (parameters > MOST_PARAMETERS) {
            return null;
        }
        int size = BytecodeSize.ofCall(
                parameters, border.produced().length, border.outputs().length, border.exits().length);
        return new Item(from, to, size, targets, border.region(), List.of());
    }

    /** Where exceptions raised in a method of its own go: its callers cannot handle them, since they do not see its locals. */
    private Targets handlers(int i) {
        return targets(body.handlers(i));
    }

    private static Targets targets(List<Catch> clauses) {
        return clauses.isEmpty()
                ? Targets.NONE
                : Targets.of(clauses.stream().mapToInt(Catch::target).toArray());
    }
}
