package tenon.conformance.component;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tenon.component.ComponentDecoder;
import tenon.component.Resolution;
import tenon.testing.SharedFolder;
import tenon.text.script.Definition;
import tenon.text.script.Directive;
import tenon.text.script.WastScript;
import tenon.types.TenonException;
import tenon.wasm.Binary;

/** Components that the suites' scripts give as bytes are read or refused, as the script says. */
@Tag("suite")
class ScriptBinariesTest {
    private static final List<String> SUITES = List.of(
            "component-model",
            "component-model-next",
            "wasm-tools-validate",
            "wasm-tools-validate-next",
            "wasmtime-component");

    /** What a later state of the specification made of `cancellable`: a byte that must be zero. We follow the state that has it. */
    private static final Set<String> CANCELLABLE = Set.of(
            "component-model-next/binary/binary.wast:1187:3",
            "component-model-next/binary/binary.wast:1209:3",
            "component-model-next/binary/binary.wast:1231:3",
            "component-model-next/binary/binary.wast:1240:3",
            "component-model-next/binary/binary.wast:1249:3",
            "component-model-next/binary/binary.wast:1258:3",
            "component-model-next/binary/binary.wast:1267:3",
            "component-model-next/binary/binary.wast:1276:3");

    @TestFactory
    Stream<DynamicTest> binariesAreReadOrRefused() {
        return SUITES.stream()
                .flatMap(suite -> SharedFolder.find("conformance/" + suite).stream())
                .flatMap(ScriptBinariesTest::scripts);
    }

    private static Stream<DynamicTest> scripts(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wast")).sorted().toList().stream()
                    .map(file -> test(folder, file))
                    .flatMap(Optional::stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<DynamicTest> test(Path folder, Path file) {
        String name = folder.getFileName() + "/" + folder.relativize(file);
        List<Executable> checks = WastScript.parse(name, ComponentBinaries.read(file)).directives().stream()
                .map(ScriptBinariesTest::check)
                .flatMap(Optional::stream)
                .toList();
        return checks.isEmpty()
                ? Optional.empty()
                : Optional.of(DynamicTest.dynamicTest(name + " (" + checks.size() + ")", () -> assertAll(checks)));
    }

    private static Optional<Executable> check(Directive directive) {
        return switch (directive) {
            case Directive.Instantiate each -> accept(each.definition());
            case Directive.Define each -> accept(each.definition());
            case Directive.AssertMalformed each -> refuse(each.definition());
            case Directive.AssertInvalid each -> refuse(each.definition());
            default -> Optional.empty();
        };
    }

    private static boolean isBinary(Definition definition) {
        return definition.kind() == Definition.Kind.COMPONENT && definition.form() == Definition.Form.BINARY;
    }

    private static Optional<Executable> accept(Definition definition) {
        return isBinary(definition) ? Optional.of(() -> read(definition)) : Optional.empty();
    }

    private static Optional<Executable> refuse(Definition definition) {
        if (!isBinary(definition)) {
            return Optional.empty();
        }
        // a case of the list that is refused fails here, so that the list stays true
        return CANCELLABLE.contains(definition.position().describe())
                ? accept(definition)
                : Optional.of(() -> assertThrows(
                        TenonException.class,
                        () -> resolve(definition),
                        () -> definition.position().describe()));
    }

    private static void read(Definition definition) {
        try {
            resolve(definition);
        } catch (TenonException e) {
            throw new AssertionError(definition.position().describe() + ": " + e.getMessage(), e);
        }
    }

    /** With the features that the suites switch on for a folder. */
    private static void resolve(Definition definition) {
        boolean memory64 = definition.position().file().contains("/memory64/");
        Resolution.of(ComponentDecoder.decode(
                Binary.of(definition.bytes()), ComponentDecoder.Features.DEFAULT.withMemory64(memory64)));
    }
}
