package tenon.wit;

/** A type of a {@link PackageGraph} that has a definition; {@code index} counts its types. */
public record TypeId(int index) implements Type {}
