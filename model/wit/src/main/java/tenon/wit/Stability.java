package tenon.wit;

import java.util.Optional;
import tenon.types.component.SemanticVersion;

/** What the gates in front of an item say: WIT.md, "Feature Gates". */
public sealed interface Stability {

    /** No gate. */
    Stability UNKNOWN = new Unknown();

    /** No gate. */
    record Unknown() implements Stability {}

    /** {@code @since}. */
    record Stable(SemanticVersion since, Optional<SemanticVersion> deprecated) implements Stability {}

    /** {@code @unstable}. */
    record Unstable(String feature, Optional<SemanticVersion> deprecated) implements Stability {}

    /** Whether there is no gate. */
    default boolean isUnknown() {
        return this instanceof Unknown;
    }
}
