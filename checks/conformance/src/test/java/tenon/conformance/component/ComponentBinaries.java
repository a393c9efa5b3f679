package tenon.conformance.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tenon.component.ComponentDecoder;
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

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
