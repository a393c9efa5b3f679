package tenon.wit;

/** An interface of a {@link PackageGraph}; {@code index} counts its interfaces. */
public record InterfaceId(int index) {}
