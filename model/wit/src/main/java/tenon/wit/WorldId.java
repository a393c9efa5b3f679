package tenon.wit;

/** A world of a {@link PackageGraph}; {@code index} counts its worlds. */
public record WorldId(int index) {}
