package tenon.core.compile;

import java.util.EnumMap;
import java.util.Map;

/**
 * Fields of an instance through which a region gives back what does not fit a JVM result: written right before it returns
 * and read right behind the call, so recursion is safe. First come the values that a branch out carries, then output
 * locals, then values that the region leaves on the operand stack.
 *
 * @param exitCode whether the method returns which way it was left
 * @param direct whether the method returns its only value itself
 * @param outputs field numbers of {@link RegionBorder#outputs}
 * @param produced field numbers of {@link RegionBorder#produced}
 */
@SuppressWarnings("ArrayRecordComponent")
record Scratch(boolean exitCode, boolean direct, int[] outputs, int[] produced) {
    /** How many fields an instance has for each kind. */
    static final Map<Kind, Integer> FIELDS =
            new EnumMap<>(Map.of(Kind.I32, 64, Kind.I64, 48, Kind.F32, 24, Kind.F64, 48, Kind.REF, 16));

    static Scratch of(FunctionBody body, RegionBorder border) {
        boolean exitCode = border.exits().length > 0;
        int values = border.results().length + border.produced().length;
        var next = new EnumMap<Kind, Integer>(Kind.class);
        for (int exit : border.exits()) {
            var count = new EnumMap<Kind, Integer>(Kind.class);
            for (Kind kind : body.block(exit).labelKinds()) {
                count.merge(kind, 1, Integer::sum);
            }
            count.forEach((kind, n) -> next.merge(kind, n, Math::max));
        }
        var outputs = new int[border.results().length];
        for (int k = 0; k < outputs.length; k++) {
            outputs[k] = take(next, body.local(border.results()[k]));
        }
        var produced = new int[border.produced().length];
        for (int k = 0; k < produced.length; k++) {
            produced[k] = take(next, border.produced()[k]);
        }
        return new Scratch(exitCode, !exitCode && values == 1, outputs, produced);
    }

    /** Whether an instance has fields enough for what leaves a region. */
    static boolean suffices(FunctionBody body, RegionBorder border) {
        var count = new EnumMap<Kind, Integer>(Kind.class);
        for (int exit : border.exits()) {
            for (Kind kind : body.block(exit).labelKinds()) {
                count.merge(kind, 1, Integer::sum);
            }
        }
        for (int local : border.results()) {
            count.merge(body.local(local), 1, Integer::sum);
        }
        for (Kind kind : border.produced()) {
            count.merge(kind, 1, Integer::sum);
        }
        return count.entrySet().stream().allMatch(entry -> entry.getValue() <= FIELDS.getOrDefault(entry.getKey(), 0));
    }

    /** The field numbers of the values that a branch carries: each kind counts from 0. */
    static int[] arguments(Kind[] kinds) {
        var next = new EnumMap<Kind, Integer>(Kind.class);
        var numbers = new int[kinds.length];
        for (int k = 0; k < kinds.length; k++) {
            numbers[k] = take(next, kinds[k]);
        }
        return numbers;
    }

    private static int take(Map<Kind, Integer> next, Kind kind) {
        int number = next.getOrDefault(kind, 0);
        if (number >= FIELDS.getOrDefault(kind, 0)) {
            throw new AssertionError("a region gives back more values of kind " + kind + " than there are fields");
        }
        next.put(kind, number + 1);
        return number;
    }

    static String field(Kind kind, int number) {
        return "scratch" + kind.typeKind().upperBound().descriptorString().charAt(0) + number;
    }
}
