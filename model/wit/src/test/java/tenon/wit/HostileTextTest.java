package tenon.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tenon.types.TenonException;
import tenon.wit.print.GraphJson;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** Text that means harm is refused in time, with an error of ours. */
class HostileTextTest {
    private static final String SEED = """
            // a comment
            package a:b@1.2.3-rc.1+5;
            use c:d/e@1.0.0 as f;
            /// docs
            @since(version = 1.0.0)
            interface i {
              use f.{t as u, r};
              record rec { a: u32, %list: list<u8, 4>, }
              variant v { x, y(option<tuple<u, string>>) }
              enum en { p, q }
              flags fl { one, two }
              resource res {
                constructor(x: result<_, u>) -> result<res, string>;
                m: async func(a: borrow<r>) -> stream<u8>;
                s: static func() -> future;
                size: get() -> u32;
                size: set(x: u32);
              }
              @external-id("\\u{41}\\n")
              g: func(a: own<res>, b: map<string, rec>) -> result;
            }
            world w {
              include other with { a as b }
              import i;
              import n: interface { use i.{rec}; f: func(); }
              import l: i;
              export run: func();
              type t = list<u64>;
            }
            world other { import a: func(); @unstable(feature = x) import z: func(); }
            package c:d@1.0.0 { interface e { type t = u32; resource r; } }
            """;

    private static PackageGraph parse(String text) {
        return WitReader.parse(new Source("x.wit", text), Features.ALL);
    }

    private static void parseOrRefuse(String text) {
        try {
            PackageGraph graph = parse(text);
            String printed = WitPrinter.all(graph);
            assertEquals(printed, WitPrinter.all(parse(printed)), text);
            assertTrue(GraphJson.of(graph).startsWith("{"));
        } catch (WitException refused) {
            assertTrue(!refused.getMessage().isEmpty());
        }
    }

    @Test
    void seedIsFine() {
        parse(SEED);
        parseOrRefuse(SEED);
    }

    @Test
    void truncatedTextIsRefused() {
        for (int end = 0; end < SEED.length(); end++) {
            parseOrRefuse(SEED.substring(0, end));
        }
    }

    @Test
    void changedTextIsReadOrRefused() {
        var random = new Random(7);
        byte[] seed = SEED.getBytes(StandardCharsets.UTF_8);
        String[] words = SEED.split("(?<=\\W)|(?=\\W)");
        for (int i = 0; i < 1500; i++) {
            byte[] bytes = seed.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                parseOrRefuse(Source.decode("x.wit", bytes).text());
            } catch (TenonException refused) {
                assertTrue(!refused.fact().isEmpty());
            }
            String[] mixed = words.clone();
            for (int j = random.nextInt(6); j >= 0; j--) {
                mixed[random.nextInt(mixed.length)] = words[random.nextInt(words.length)];
            }
            parseOrRefuse(String.join("", mixed));
        }
    }

    private static String repeat(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    private static void refusedInTime(String text) {
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThrows(WitException.class, () -> parse(text)).getMessage());
    }

    @Test
    void deepTextIsRefused() {
        int deep = 100_000;
        refusedInTime("package a:b; interface i { type t = " + "list<".repeat(deep) + "u8" + ">".repeat(deep) + "; }");
        refusedInTime("package a:b {".repeat(deep));
        refusedInTime("package a:b; " + "/*".repeat(deep));
        refusedInTime("package a:b; interface i {" + "{".repeat(deep));
        refusedInTime("package a:b; world w { import " + "x: interface { ".repeat(deep));
        refusedInTime("package a:b;" + repeat(20_000, i -> "interface i" + (i + 1) + " { use i" + i + ".{t}; }")
                + "interface i0 { type t = u32; }");
        refusedInTime("package a:b;"
                + repeat(20_000, i -> "package a:p" + i + " { interface i { use a:p" + (i + 1) + "/i.{}; } }"));
    }

    @Test
    void wideTextIsReadInTime() {
        int wide = 20_000;
        assertTimeout(Duration.ofSeconds(20), () -> {
            parse("package a:b; interface i { type t0 = u8; "
                    + repeat(wide, i -> "type t" + (i + 1) + " = list<t" + i + ">;") + " }");
            parse("package a:b; interface i { record r { " + repeat(wide, i -> "x" + i + ": u32,") + " } }");
            parse("package a:b; world w { " + repeat(wide, i -> "import x" + i + ": func();") + " }");
            parse("package a:b; " + "// comment\n".repeat(wide) + "interface i {}");
        });
        refusedInTime("package a:b; interface i { " + repeat(wide, i -> "x" + i + ": func(x: gone" + i + ");") + " }");
        refusedInTime("package a:b; interface i { " + repeat(wide, i -> "$ $ f" + i) + " }");
        refusedInTime("package a:b; world w0 { import a: func(); }"
                + repeat(wide, i -> "world w" + (i + 1) + " { include w" + i + "; import x" + i + ": func(); }"));
        refusedInTime("package a:b; interface i { " + "x".repeat(1_000_000) + "_" + " }");
    }

    @Test
    void hiddenCharactersAreRefused() {
        refusedInTime("package a:b; // \u202e");
        refusedInTime("package a:b; // \u0000");
        refusedInTime("package a:b; // \u17a3");
        assertThrows(WitException.class, () -> Source.decode("x.wit", new byte[] {'a', '\n', (byte) 0xff}));
    }
}
