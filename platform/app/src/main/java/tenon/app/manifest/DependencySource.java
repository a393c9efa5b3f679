package tenon.app.manifest;

import tenon.types.Place;

/** Where the bytes of a dependency are. Immutable. */
public sealed interface DependencySource permits LocalFile, Download, RegistryPackage, AppComponent {
    Place place();
}
