package tenon.conformance.text;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.text.script.Definition;
import tenon.text.script.Directive;
import tenon.text.script.WastScript;
import tenon.types.TenonException;
import tenon.wasm.Features;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/** Texts with random mistakes end as modules or with an error of ours, and soon. */
@Tag("suite")
class TextFuzzTest {
    private static final int CASES = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST = 60_000;
    private static final List<String> SEEDS = List.of("core-spec", "wasmtime-core");

    /** What mistakes are made of. */
    private static final String[] PIECES = {
        "(",
        ")",
        "\"",
        "\\",
        "$",
        "$x",
        "(;",
        ";)",
        ";;",
        "(@",
        "(@custom ",
        "(@metadata.code.branch_hint \"\\00\")",
        "module",
        "func",
        "type",
        "(type 0)",
        "(param i32)",
        "(result i32)",
        "if",
        "else",
        "end",
        "then",
        "(then)",
        "block",
        "loop",
        "try_table",
        "(catch 0 0)",
        "0",
        "-1",
        "0xffffffffffffffffffff",
        "1e999999999",
        "nan:0x0",
        "0x1p-99999",
        "offset=",
        "align=0",
        "elem",
        "data",
        "(import \"\" \"\"",
        "(export \"\"",
        "i64",
        "(ref null 0)",
        "sub",
        "rec",
        "\u0000",
        "\u00e9",
        "\ud83c\udf0d"
    };

    @Test
    void mutatedModulesEndWell() throws IOException {
        List<String> modules = new ArrayList<>();
        for (Path file : scripts()) {
            for (Directive directive :
                    WastScript.parse("seed", Files.readAllBytes(file)).directives()) {
                if (directive instanceof Directive.Instantiate(var _, var _, Definition definition)
                        && definition.form() == Definition.Form.TEXT
                        && definition.source().length() < LONGEST) {
                    modules.add(definition.source());
                }
            }
        }
        var random = new Random(20);
        int wellFormed = 0;
        for (int i = 0; i < CASES; i++) {
            String text = mutate(modules.get(random.nextInt(modules.size())), random);
            wellFormed += survives("module " + i, text, () -> {
                var module = ModuleDecoder.decode(Wat.parse("fuzz", text.getBytes(StandardCharsets.UTF_8)));
                ModuleValidator.validate(module, Features.ALL);
            });
        }
        assertTrue(wellFormed > CASES / 100, "only " + wellFormed + " mutations are still modules");
    }

    @Test
    void mutatedScriptsEndWell() throws IOException {
        List<String> scripts = new ArrayList<>();
        for (Path file : scripts()) {
            String text = Files.readString(file);
            if (text.length() < LONGEST / 3) {
                scripts.add(text);
            }
        }
        var random = new Random(21);
        int read = 0;
        for (int i = 0; i < CASES / 10; i++) {
            String text = mutate(scripts.get(random.nextInt(scripts.size())), random);
            read += survives("script " + i, text, () -> WastScript.parse("fuzz", text));
        }
        assertTrue(read > CASES / 1000, "only " + read + " mutations are still scripts");
    }

    private static List<Path> scripts() throws IOException {
        var all = new ArrayList<Path>();
        for (String suite : SEEDS) {
            var folder = SharedFolder.find("conformance/" + suite);
            assumeTrue(folder.isPresent(), SharedFolder.absent("conformance/" + suite));
            try (Stream<Path> files = Files.walk(folder.get())) {
                all.addAll(files.filter(file -> file.toString().endsWith(".wast"))
                        .sorted()
                        .toList());
            }
        }
        return all;
    }

    /** 1 if it is still right, 0 if it is refused; anything but a {@code TenonException} fails the test. */
    private static int survives(String name, String text, Runnable reading) {
        long start = System.nanoTime();
        int right = 1;
        try {
            reading.run();
        } catch (TenonException e) {
            right = 0;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new AssertionError(name + ": " + text, e);
        }
        assertTrue(System.nanoTime() - start < LIMIT.toNanos(), name + " takes too long: " + text);
        return right;
    }

    private static String mutate(String text, Random random) {
        var mutant = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); i > 0 && !mutant.isEmpty(); i--) {
            int at = random.nextInt(mutant.length());
            int end = Math.min(mutant.length(), at + 1 + random.nextInt(20));
            switch (random.nextInt(6)) {
                case 0 -> mutant.delete(at, end);
                case 1 -> mutant.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> mutant.insert(random.nextInt(mutant.length()), mutant.substring(at, end));
                case 3 -> mutant.setCharAt(at, (char) random.nextInt(0x80));
                case 4 -> mutant.insert(at, " " + PIECES[random.nextInt(PIECES.length)] + " ");
                default -> mutant.setLength(random.nextInt(20) == 0 ? at : mutant.length());
            }
        }
        return mutant.toString();
    }
}
