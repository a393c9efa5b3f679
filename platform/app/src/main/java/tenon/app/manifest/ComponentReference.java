package tenon.app.manifest;

import tenon.types.Place;

/** Names a component; {@code id} is a key of {@link Manifest#components}. Immutable. */
public record ComponentReference(String id, Place place) {}
