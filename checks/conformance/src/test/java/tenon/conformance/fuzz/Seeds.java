package tenon.conformance.fuzz;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.testing.SharedFolder;
import tenon.text.script.Definition;
import tenon.text.script.Directive;
import tenon.text.script.WastScript;
import tenon.types.TenonException;

/** What mutants are made from: the cases of the suites, small ones. */
final class Seeds {
    /** Bytes. */
    private static final int BIGGEST = 20_000;

    private static final int BIGGEST_REAL = 300_000;

    private Seeds() {}

    /** The files of suites with such an ending; the test is skipped if a suite is absent. */
    static List<byte[]> files(String ending, String... suites) throws IOException {
        var all = new ArrayList<byte[]>();
        for (String suite : suites) {
            Optional<Path> folder = SharedFolder.find("conformance/" + suite);
            assumeTrue(folder.isPresent(), SharedFolder.absent("conformance/" + suite));
            try (Stream<Path> files = Files.walk(folder.orElseThrow())) {
                for (Path file : files.filter(each -> each.toString().endsWith(ending))
                        .sorted()
                        .toList()) {
                    byte[] content = Files.readAllBytes(file);
                    if (content.length < BIGGEST) {
                        all.add(content);
                    }
                }
            }
        }
        return all;
    }

    /** The binaries in folders that are not bigger than {@value #BIGGEST_REAL}; the test is skipped if a folder is absent. */
    static List<byte[]> real(String... folders) throws IOException {
        var all = new ArrayList<byte[]>();
        for (String name : folders) {
            Optional<Path> folder = SharedFolder.find(name);
            assumeTrue(folder.isPresent(), SharedFolder.absent(name));
            try (Stream<Path> files = Files.walk(folder.orElseThrow())) {
                for (Path file : files.filter(each -> each.toString().endsWith(".wasm"))
                        .sorted()
                        .toList()) {
                    if (Files.size(file) < BIGGEST_REAL) {
                        all.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        return all;
    }

    /** Modules or components of scripts as texts. */
    static List<byte[]> texts(Definition.Kind kind, String... suites) throws IOException {
        return definitions(kind, suites).stream()
                .filter(definition -> definition.form() == Definition.Form.TEXT)
                .map(definition -> definition.source().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Modules or components of scripts as binaries, as far as they can be read. */
    static List<byte[]> binaries(Definition.Kind kind, String... suites) throws IOException {
        var binaries = new ArrayList<byte[]>();
        for (Definition definition : definitions(kind, suites)) {
            try {
                byte[] binary = definition.bytes();
                if (binary.length >= 8 && binary.length < BIGGEST) {
                    binaries.add(binary);
                }
            } catch (TenonException _) {
                // what is to be refused as text is a seed as text only
                continue;
            }
        }
        return binaries;
    }

    private static List<Definition> definitions(Definition.Kind kind, String... suites) throws IOException {
        var definitions = new ArrayList<Definition>();
        for (byte[] script : files(".wast", suites)) {
            for (Directive directive : WastScript.parse("seed", script).directives()) {
                definition(directive)
                        .filter(definition -> definition.kind() == kind)
                        .ifPresent(definitions::add);
            }
        }
        return definitions;
    }

    private static Optional<Definition> definition(Directive directive) {
        return switch (directive) {
            case Directive.Instantiate instantiate -> Optional.of(instantiate.definition());
            case Directive.Define define -> Optional.of(define.definition());
            case Directive.AssertInvalid invalid -> Optional.of(invalid.definition());
            default -> Optional.empty();
        };
    }
}
