package tenon.app.manifest;

import tenon.types.Place;

/** A component that goes between a trigger and what answers it: an item of {@code dependencies.middleware}. Immutable. */
public record TriggerDependency(DependencySource source, Inheritance inheritance, Place place) {}
