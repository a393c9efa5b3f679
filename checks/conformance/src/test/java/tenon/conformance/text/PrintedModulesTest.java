package tenon.conformance.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.text.script.Definition;
import tenon.text.script.Directive;
import tenon.types.TenonException;
import tenon.wasm.BinaryReader;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/** A printed module, read again, has the same sections: those of the suites, and those inside real components. */
@Tag("suite")
class PrintedModulesTest {
    private static final int CORE_MODULE = 1;
    private static final int COMPONENT = 4;
    private static final int PREAMBLE = 8;

    /** Bytes above which a module would only cost time. */
    private static final int BIGGEST = 1_000_000;

    /** A binary with an empty section in front of a custom one: printed once it is gone, and the custom one comes first. */
    private static final Set<String> EMPTY_SECTIONS = Set.of("custom.wast:14:1");

    @TestFactory
    Stream<DynamicTest> modulesOfTheSuites() {
        return Suite.tests(
                List.of("core-spec", "wasmtime-core"),
                script -> assertAll(script.parse().directives().stream()
                        .flatMap(directive -> definition(directive).stream())
                        .filter(definition ->
                                !EMPTY_SECTIONS.contains(definition.position().describe()))
                        .filter(definition -> decoded(definition).isPresent())
                        .map(definition -> () -> {
                            byte[] binary = definition.bytes();
                            byte[] again =
                                    roundTrip(binary, definition.position().describe());
                            if (definition.form() == Definition.Form.TEXT) {
                                assertEquals(
                                        sections(binary),
                                        sections(again),
                                        definition.position().describe());
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> modulesOfRealComponents() {
        return Stream.of("components", "wasi-programs", "bench")
                .flatMap(path -> SharedFolder.find(path)
                        .map(folder -> binaries(folder)
                                .map(file -> DynamicTest.dynamicTest(
                                        folder.relativize(file).toString(), () -> {
                                            var modules = new ArrayList<byte[]>();
                                            modules(Files.readAllBytes(file), modules);
                                            for (byte[] module : modules) {
                                                roundTrip(
                                                        module,
                                                        file.getFileName().toString());
                                            }
                                        })))
                        .orElseGet(() -> Stream.of(Skipped.test(path, SharedFolder.absent(path)))));
    }

    private static byte[] roundTrip(byte[] binary, String name) {
        String text = Wat.print(ModuleDecoder.decode(binary));
        byte[] again = Wat.parse(name, text);
        assertEquals(text, Wat.print(ModuleDecoder.decode(again)), name);
        return again;
    }

    /** What is no module for us is for other tests. */
    private static Optional<Module> decoded(Definition definition) {
        try {
            return definition.kind() == Definition.Kind.MODULE
                    ? Optional.of(ModuleDecoder.decode(definition.bytes()))
                    : Optional.empty();
        } catch (TenonException e) {
            return Optional.empty();
        }
    }

    static Optional<Definition> definition(Directive directive) {
        return switch (directive) {
            case Directive.Instantiate instantiate -> Optional.of(instantiate.definition());
            case Directive.Define define -> Optional.of(define.definition());
            case Directive.AssertInvalid invalid -> Optional.of(invalid.definition());
            case Directive.AssertUnlinkable unlinkable -> Optional.of(unlinkable.definition());
            case Directive.AssertUninstantiable uninstantiable -> Optional.of(uninstantiable.definition());
            case Directive.AssertMalformed _, Directive.InstantiateDefined _, Directive.Register _ -> Optional.empty();
            case Directive.AssertReturn _, Directive.AssertTrap _, Directive.AssertExhaustion _ -> Optional.empty();
            case Directive.AssertException _, Directive.AssertSuspension _, Directive.Perform _ -> Optional.empty();
            case Directive.InThread _, Directive.Wait _ -> Optional.empty();
        };
    }

    /** The sections in hexadecimal, one a line, without the one of names. */
    private static List<String> sections(byte[] binary) {
        var lines = new ArrayList<String>();
        var in = new BinaryReader(binary, PREAMBLE, binary.length);
        while (!in.atEnd()) {
            int id = in.u8();
            int size = in.length();
            int at = in.position();
            in.skip(size);
            if (id != 0 || !new BinaryReader(binary, at, at + size).name().equals("name")) {
                lines.add(id + ": " + HexFormat.of().formatHex(binary, at, at + size));
            }
        }
        return lines;
    }

    private static Stream<Path> binaries(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The core modules of a binary, at all depths of components. */
    private static void modules(byte[] binary, List<byte[]> modules) {
        if (binary[6] == 0) {
            if (binary.length < BIGGEST) {
                modules.add(binary);
            }
            return;
        }
        var in = new BinaryReader(binary, PREAMBLE, binary.length);
        while (!in.atEnd()) {
            int id = in.u8();
            int size = in.length();
            int at = in.position();
            in.skip(size);
            if (id == CORE_MODULE || id == COMPONENT) {
                modules(Arrays.copyOfRange(binary, at, at + size), modules);
            }
        }
    }
}
