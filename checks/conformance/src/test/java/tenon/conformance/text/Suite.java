package tenon.conformance.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;
import tenon.testing.SharedFolder;
import tenon.text.script.WastScript;

/**
 * One suite: its scripts, and the family that its manifest puts each of them in.
 *
 * @param families by the path of the script below {@code folder}, without extension
 */
record Suite(Path folder, Map<String, String> families) {
    private static final Pattern ENTRY = Pattern.compile("\"family\": \"([^\"]*)\", \"id\": \"([^\"]*)\"");

    /** The families of WebAssembly 3.0 whose instructions the table has: all of WebAssembly 2.0 but vectors, and more. */
    static final Set<String> SUPPORTED =
            Set.of("core", "numeric", "custom", "exceptions", "memory64", "multi-memory", "tail-call");

    /** A script of a suite. */
    record Case(String name, String family, Path file) {
        boolean isSupported() {
            return SUPPORTED.contains(family);
        }

        WastScript parse() throws IOException {
            return WastScript.parse(name, Files.readAllBytes(file));
        }
    }

    /** One test for each script of the suites that are there, or one skipped test that says which is not. */
    static Stream<DynamicTest> tests(List<String> names, ThrowingConsumer<Case> test) {
        return names.stream().flatMap(name -> {
            String path = "conformance/" + name;
            return SharedFolder.find(path)
                    .map(folder -> read(folder)
                            .cases()
                            .map(script ->
                                    DynamicTest.dynamicTest(name + "/" + script.name(), () -> test.accept(script))))
                    .orElseGet(() -> Stream.of(Skipped.test(name, SharedFolder.absent(path))));
        });
    }

    private static Suite read(Path folder) {
        var families = new HashMap<String, String>();
        try {
            ENTRY.matcher(Files.readString(folder.resolve("manifest.json")))
                    .results()
                    .forEach(entry -> families.put(entry.group(2), entry.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Suite(folder, families);
    }

    private Stream<Case> cases() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wast")).sorted().map(this::script).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Case script(Path file) {
        String name = folder.relativize(file).toString();
        String family = families.getOrDefault(name.replaceFirst("\\.wast$", ""), "");
        return new Case(name, family, file);
    }
}
