package tenon.types.component;

import java.util.Optional;

/**
 * The name of a WIT package: {@code wasi:http@0.2.12}.
 *
 * @param namespace in front of the last colon; has colons itself if namespaces are nested
 */
public record PackageName(String namespace, String name, Optional<InterfaceVersion> version) {

    /** Without the version: {@code wasi:http}. */
    public String unversioned() {
        return namespace + ":" + name;
    }

    @Override
    public String toString() {
        return unversioned() + version.map(number -> "@" + number).orElse("");
    }
}
