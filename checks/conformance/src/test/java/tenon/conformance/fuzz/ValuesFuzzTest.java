package tenon.conformance.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.Start;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.Resolution;
import tenon.component.world.ConstantExports;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.wave.Wave;
import tenon.text.Wat;
import tenon.text.script.Directive;
import tenon.text.script.WastScript;

/** Constants are a guest's input: as bytes, as text, and as what a host is given of them. */
@Tag("suite")
class ValuesFuzzTest {
    private static final TextMutation LITERALS = new TextMutation(List.of(
            "(",
            ")",
            "0",
            "-1",
            "255",
            "256",
            "nan",
            "inf",
            "-0x1p-3",
            "'x'",
            "'('",
            "'",
            "'\\u{1f600}'",
            "'\\'",
            "\"a\"",
            "true",
            "false",
            "none",
            "(some 1)",
            "ok",
            "(ok 1)",
            "error",
            "(error \"e\")",
            "(list 1)",
            "(tuple 1)",
            "(record 1)",
            "(flags \"a\")",
            "(enum \"a\")",
            "(variant \"a\" 1)",
            "(binary \"\\00\")",
            "u8",
            "string",
            "char",
            "(list u8)",
            "(option u8)",
            "(result u8)",
            "(flags \"a\" \"b\")",
            "(enum \"a\" \"b\")",
            "(value u8 1)",
            "(value $x u8 1)",
            "(export \"a\" (value 0))",
            "(import \"a\" (value u8))",
            "(value (eq 0))",
            "(start 0)",
            "(type 0)",
            "(component",
            "$x"));

    private static List<byte[]> seeds() throws IOException {
        Path script = Path.of("src/test/scripts/values.wast");
        var seeds = new ArrayList<byte[]>();
        for (Directive directive :
                WastScript.parse(script.toString(), Files.readAllBytes(script)).directives()) {
            if (directive instanceof Directive.Instantiate instantiate) {
                seeds.add(instantiate.definition().bytes());
            }
        }
        return seeds;
    }

    private static Component decode(byte[] bytes) {
        return ComponentDecoder.decode(bytes, ComponentFeatures.ALL);
    }

    private static void check(Fuzzing.Outcome outcome) {
        assertTrue(outcome.accepted() > 20, outcome.toString());
        assertTrue(outcome.refused() > 20, outcome.toString());
    }

    @Test
    void binaries() throws IOException {
        check(new Fuzzing("values", 6_000, 10_000).run(seeds(), new BinaryMutation(), bytes -> {
            Component component = decode(bytes);
            String text = Wat.print(component);
            assertEquals(text, Wat.print(decode(Wat.parse("printed", text))));
            Resolution.of(component);
            ConstantExports.of(component);
        }));
    }

    @Test
    void texts() throws IOException {
        var texts = new ArrayList<byte[]>();
        for (byte[] seed : seeds()) {
            texts.add(Wat.print(decode(seed)).getBytes(StandardCharsets.UTF_8));
        }
        check(new Fuzzing("value-text", 6_000, 10_000).run(texts, LITERALS, bytes -> {
            Component component = decode(Wat.parse("fuzz", bytes));
            String text = Wat.print(component);
            assertEquals(text, Wat.print(decode(Wat.parse("printed", text))));
            Resolution.of(component);
        }));
    }

    @Test
    void instances() throws IOException {
        Runtime runtime = Runtime.create();
        check(new Fuzzing("value-instance", 2_000, 20_000).run(seeds(), new BinaryMutation(), bytes -> {
            Component component = decode(bytes);
            // what computes may do so without end
            if (component.definitions(Start.class).findAny().isPresent()) {
                return;
            }
            try (LinkedComponent linked = new Linker().link(runtime, component);
                    Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                for (LinkedComponent.ExportedValue each : linked.values()) {
                    Wave.print(instance.value(each.interfaceName(), each.name()));
                }
            }
        }));
    }
}
