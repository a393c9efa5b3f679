package tenon.app.manifest;

import tenon.types.Place;

/** A component of the same application; {@code id} is a key of {@link Manifest#components}. Immutable. */
public record AppComponent(String id, Place place) implements DependencySource {}
