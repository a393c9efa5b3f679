package tenon.app.manifest;

import java.util.Optional;
import tenon.types.component.SemanticVersion;

/** Which imports of a component a dependency serves: a key of {@code [component.ID.dependencies]}. Immutable. */
public sealed interface ImportName {

    /**
     * Whether an import of a component, by its name there, is meant. As everywhere in linking, versions of one track stand for each
     * other; Spin wants the very version.
     */
    boolean matches(String importName);

    /** {@code foo-bar}: the import of that very name. */
    record PlainImport(String name) implements ImportName {
        @Override
        public boolean matches(String importName) {
            return importName.equals(name);
        }

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

        @Override
        public boolean matches(String importName) {
            int at = importName.indexOf('@');
            String path = at < 0 ? importName : importName.substring(0, at);
            Optional<SemanticVersion> found =
                    at < 0 ? Optional.empty() : SemanticVersion.parse(importName.substring(at + 1));
            boolean versions = version.isEmpty()
                    || (found.isPresent() && compatible(version.get()).equals(compatible(found.get())));
            return versions
                    && (interfaceName.isPresent()
                            ? path.equals(packageName + "/" + interfaceName.get())
                            : path.startsWith(packageName + "/"));
        }

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
