package tenon.app.manifest;

import org.jspecify.annotations.Nullable;
import tenon.types.Place;

/**
 * A component that serves imports of another one: an item of {@code [component.ID.dependencies]}. Immutable.
 *
 * @param export the export of the dependency that serves; null for the one that is named as the import
 */
public record Dependency(
        ImportName name, DependencySource source, @Nullable String export, Inheritance inheritance, Place place) {}
