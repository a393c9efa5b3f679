package tenon.app.manifest;

import tenon.types.Place;

/** Where the bytes of a component are: {@code source}. Immutable. */
public sealed interface ComponentSource permits LocalFile, Download, RegistryPackage {
    Place place();
}
