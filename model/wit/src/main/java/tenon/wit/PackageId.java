package tenon.wit;

/** A package of a {@link PackageGraph}; {@code index} counts its packages. */
public record PackageId(int index) {}
