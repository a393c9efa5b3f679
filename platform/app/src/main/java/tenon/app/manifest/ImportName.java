package tenon.app.manifest;

import java.util.Optional;
import tenon.types.component.SemanticVersion;

/** Which imports of a component a dependency serves: a key of {@code [component.ID.dependencies]}. Immutable. */
public sealed interface ImportName {

    /** {@code foo-bar}: the import of that very name. */
    record PlainImport(String name) implements ImportName {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * {@code a:b/c@1.0.0}: an interface, or without {@code /c} all interfaces of a package.
     *
     * @param packageName {@code a:b}
     */
    record PackageImport(String packageName, Optional<String> interfaceName, Optional<SemanticVersion> version)
            implements ImportName {

        /** Whether some import is meant by both. */
        public boolean overlaps(PackageImport other) {
            boolean versions = version.isEmpty()
                    || other.version.isEmpty()
                    || compatible(version.get()).equals(compatible(other.version.get()));
            boolean interfaces = interfaceName.isEmpty()
                    || other.interfaceName.isEmpty()
                    || interfaceName.equals(other.interfaceName);
            return packageName.equals(other.packageName) && versions && interfaces;
        }

        /** What versions that can stand for each other have in common: the track, or of a prerelease all but the build. */
        private static String compatible(SemanticVersion version) {
            return version.track()
                    .map(Object::toString)
                    .orElse(version.toString().split("\\+")[0]);
        }

        @Override
        public String toString() {
            return packageName
                    + interfaceName.map(name -> "/" + name).orElse("")
                    + version.map(number -> "@" + number).orElse("");
        }
    }
}
