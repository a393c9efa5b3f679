package tenon.app.manifest;

import org.jspecify.annotations.Nullable;
import tenon.types.Place;

/**
 * {@code { registry = "…", package = "a:b", version = "1.0.0" }}. Immutable.
 *
 * @param registry null for the default one
 * @param name of the package, without version: {@code a:b}
 * @param version of a component's source one version; of a dependency a constraint, {@code >=0.1.0}
 */
public record RegistryPackage(@Nullable String registry, String name, String version, Place place)
        implements ComponentSource, DependencySource {}
