package tenon.conformance.component;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.component.read.ComponentDecoder;
import tenon.testing.SharedFolder;

/** The components of the folder {@code shared}. */
record ComponentBinaries(Path folder, List<Path> files) {
    private static final List<String> FOLDERS = List.of("components", "wasi-programs");

    /** All files that start like a component, in order; none if a folder is absent. */
    static Stream<ComponentBinaries> all() {
        return FOLDERS.stream()
                .flatMap(name -> SharedFolder.find(name).stream())
                .map(ComponentBinaries::in);
    }

    private static ComponentBinaries in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ComponentBinaries(
                    folder,
                    files.filter(file -> file.toString().endsWith(".wasm"))
                            .filter(file -> ComponentDecoder.isComponent(read(file)))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The components of those names in {@code shared/components}; the test is skipped if one is absent. */
    static List<byte[]> required(List<String> names) {
        return names.stream()
                .map(name -> {
                    Optional<Path> file = SharedFolder.find("components/" + name);
                    assumeTrue(file.isPresent(), SharedFolder.absent("components/" + name));
                    return read(file.orElseThrow());
                })
                .toList();
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
