package tenon.app.manifest;

import tenon.types.Place;

/** A file; {@code path} as it is written, seen from {@link Manifest#folder}. Immutable. */
public record LocalFile(String path, Place place) implements ComponentSource, DependencySource {}
