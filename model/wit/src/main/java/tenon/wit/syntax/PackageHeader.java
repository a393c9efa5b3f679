package tenon.wit.syntax;

import tenon.types.component.PackageName;

/** {@code package a:b@1.0.0}; {@code spot} is that of the name. */
public record PackageHeader(Comments comments, PackageName name, Spot spot) {}
