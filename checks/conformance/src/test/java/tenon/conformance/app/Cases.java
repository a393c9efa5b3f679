package tenon.conformance.app;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tenon.testing.JsonText;
import tenon.testing.SharedFolder;

/** The cases that a suite's list names. */
final class Cases {
    private Cases() {}

    /** What {@code make} makes of each case, given the suite's folder and its entry; or one skipped test if the suite is absent. */
    static Stream<DynamicTest> of(String path, BiFunction<Path, Map<?, ?>, Stream<DynamicTest>> make) {
        return SharedFolder.find(path)
                .map(folder -> list(json(folder.resolve("manifest.json"))).stream()
                        .flatMap(entry -> make.apply(folder, (Map<?, ?>) entry)))
                .orElseGet(() -> Stream.of(DynamicTest.dynamicTest(path, () -> abort(SharedFolder.absent(path)))));
    }

    static Object json(Path file) {
        Object value = JsonText.parse(text(file));
        if (value == null) {
            throw new AssertionError(file + " is null");
        }
        return value;
    }

    static List<?> list(Object value) {
        return (List<?>) value;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
