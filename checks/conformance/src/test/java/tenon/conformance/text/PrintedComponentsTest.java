package tenon.conformance.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.text.script.Definition;
import tenon.types.TenonException;
import tenon.wasm.Binary;

/** A printed component, read again, is the same: those of the suites' scripts and texts, and real ones. */
@Tag("suite")
class PrintedComponentsTest {
    /** Bytes above which a component would only cost time: its text is five times as long. */
    private static final long BIGGEST = 4_000_000;

    /** Attributes of names in another order than that of their codes: the order means nothing, and is not kept. */
    private static final String ATTRIBUTE_ORDER = "attribute-order.wast";

    @TestFactory
    Stream<DynamicTest> componentsOfTheSuites() {
        return Suite.tests(
                List.of(
                        "component-model",
                        "component-model-next",
                        "wasm-tools-validate",
                        "wasm-tools-validate-next",
                        "wasmtime-component"),
                script -> assertAll(script.parse().directives().stream()
                        .flatMap(directive -> PrintedModulesTest.definition(directive).stream())
                        .filter(definition -> definition.kind() == Definition.Kind.COMPONENT)
                        .map(definition -> () -> {
                            Optional<byte[]> binary = binary(definition);
                            if (binary.isPresent()) {
                                String place = definition.position().describe();
                                byte[] again = roundTrip(binary.get(), place);
                                if (definition.form() == Definition.Form.TEXT
                                        && !script.name().endsWith(ATTRIBUTE_ORDER)) {
                                    assertArrayEquals(binary.get(), again, place);
                                }
                            }
                        })));
    }

    /** What others print of a component is what Tenon prints of it, letter by letter. */
    @TestFactory
    Stream<DynamicTest> textsAreThoseOfOthers() {
        return Stream.of(
                        "conformance/wit-component/components",
                        "conformance/wit-component-next/components",
                        "conformance/wit-component/interfaces",
                        "conformance/wit-component-next/interfaces")
                .flatMap(path -> files(
                        path,
                        file -> {
                            String name = file.getFileName().toString();
                            // deeper ones are input, and as people write it
                            boolean encoded = name.equals("component.wat")
                                    && file.getParent().getParent().endsWith("components");
                            return encoded || path.endsWith("interfaces") && name.endsWith(".wat");
                        },
                        PrintedComponentsTest::isPrintedAsExpected));
    }

    private static void isPrintedAsExpected(Path file) throws IOException {
        String expected = Files.readString(file);
        byte[] binary = Wat.parse(file.toString(), expected);
        Component component = decode(binary);
        assertEquals(plain(expected), plain(Wat.print(component)));
        assertArrayEquals(binary, roundTrip(binary, file.toString()));
    }

    /** Older versions of the peer leave out what an imported function of a core module takes and gives. */
    private static String plain(String text) {
        return text.replaceAll("(?m)(\\(import .* \\(func .*\\(type [^)]*\\)).*$", "$1");
    }

    @TestFactory
    Stream<DynamicTest> realComponents() {
        return Stream.of("components", "wasi-programs", "bench")
                .flatMap(path -> files(
                        path,
                        PrintedComponentsTest::isSmallComponent,
                        file -> roundTrip(
                                Files.readAllBytes(file), file.getFileName().toString())));
    }

    private static boolean isSmallComponent(Path file) {
        try {
            return file.toString().endsWith(".wasm")
                    && Files.size(file) < BIGGEST
                    && ComponentDecoder.isComponent(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The binary of the printed text, which is printed the same. */
    private static byte[] roundTrip(byte[] binary, String name) {
        String text = Wat.print(decode(binary));
        assertTrue(text.startsWith("(component"), text);
        byte[] again = Wat.parse(name, text);
        assertEquals(text, Wat.print(decode(again)), name);
        return again;
    }

    private static Component decode(byte[] binary) {
        return ComponentDecoder.decode(Binary.of(binary), ComponentFeatures.ALL);
    }

    /** What cannot be read or decoded is for other tests. */
    private static Optional<byte[]> binary(Definition definition) {
        try {
            byte[] binary = definition.bytes();
            decode(binary);
            return Optional.of(binary);
        } catch (TenonException e) {
            return Optional.empty();
        }
    }

    private interface Check {
        void accept(Path file) throws IOException;
    }

    private static Stream<DynamicTest> files(String path, Predicate<Path> which, Check check) {
        return SharedFolder.find(path)
                .map(folder -> {
                    try (Stream<Path> files = Files.walk(folder)) {
                        return files.filter(which).sorted().toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .map(files -> files.map(file -> DynamicTest.dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(), () -> check.accept(file))))
                .orElseGet(() -> Stream.of(Skipped.test(path, SharedFolder.absent(path))));
    }
}
