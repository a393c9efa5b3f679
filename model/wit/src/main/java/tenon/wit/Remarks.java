package tenon.wit;

import java.util.Optional;

/**
 * What stands in front of an item.
 *
 * @param documentation the comments, their marks and common indentation taken away; lines end in {@code \n}, but for the last
 * @param externalId what {@code @external-id} says
 */
public record Remarks(Optional<String> documentation, Stability stability, Optional<String> externalId) {
    /** Nothing. */
    public static final Remarks NONE = new Remarks(Optional.empty(), Stability.UNKNOWN, Optional.empty());

    /** Gates alone. */
    public static Remarks of(Stability stability) {
        return new Remarks(Optional.empty(), stability, Optional.empty());
    }

    /** The same with other gates. */
    public Remarks with(Stability other) {
        return new Remarks(documentation, other, externalId);
    }
}
