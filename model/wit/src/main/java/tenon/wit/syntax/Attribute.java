package tenon.wit.syntax;

import tenon.types.component.SemanticVersion;

/** What stands in front of an item behind {@code @}: WIT.md, "Feature gate syntax"; {@code spot} is that of its name. */
public sealed interface Attribute {
    /** Where its name is. */
    Spot spot();

    record Since(SemanticVersion version, Spot spot) implements Attribute {}

    record Unstable(String feature, Spot spot) implements Attribute {}

    record Deprecated(SemanticVersion version, Spot spot) implements Attribute {}

    record ExternalId(String value, Spot spot) implements Attribute {}
}
