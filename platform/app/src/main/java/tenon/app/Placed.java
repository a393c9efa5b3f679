package tenon.app;

import tenon.types.Place;

/** A value and where it was written. Immutable if the value is. */
public record Placed<T>(T value, Place place) {}
