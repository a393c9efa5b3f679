package tenon.compose;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tenon.compose.encode.GraphEncoder;
import tenon.types.TenonException;

/** Damaged documents: what is refused is refused by an error of ours, and what is not becomes a valid component. */
class HostileDocumentTest {
    private static final int ROUNDS = 20_000;

    private static final Worlds PACKAGES = new Worlds()
            .with("our:store", """
                    package our:store;
                    interface types { resource key { name: func() -> string; } record entry { at: u64, value: list<u8> } }
                    interface store { use types.{key, entry}; get: func(k: borrow<key>) -> option<entry>; make: func() -> key; }
                    world w { import log: func(m: string); export types; export store; }
                    """)
            .with("our:app", """
                    package our:app;
                    package our:store { interface types { resource key { name: func() -> string; }
                      record entry { at: u64, value: list<u8> } }
                      interface store { use types.{key, entry}; get: func(k: borrow<key>) -> option<entry>; make: func() -> key; } }
                    world w { import our:store/types; import our:store/store; import settings: interface { level: func() -> u8; }
                      export run: func(); export store: interface { size: func() -> u64; } }
                    """)
            .with(
                    "our:types",
                    "package our:types; interface i { enum e { a, b } f: func(x: e) -> e; } world all { import i; }");

    private static final String DOCUMENT = """
            package our:composition@1.0.0;
            interface extra { use our:types/i.{e}; resource r { constructor(x: e); f: func() -> list<e>; } g: func(r: borrow<r>) -> r; }
            world whole { import extra; export run: func(); include our:types/all; }
            record pair { a: u32, b: tuple<string, option<u8>> }
            type again = pair;
            variant v { x(pair), y, z(result<_, string>) }
            import log: func(m: string);
            import settings: interface { level: func() -> u8; };
            import other: extra;
            let store = new our:store { log };
            let app = new our:app { store: store.store, "our:store/types": store["our:store/types"], settings, };
            let second = new our:app { ...store, settings };
            export app.run;
            export second...;
            export other as "other";
            """;

    private static final List<String> WORDS = List.of(
            "new",
            "let",
            "export",
            "import",
            "as",
            "...",
            "{",
            "}",
            ";",
            ":",
            ",",
            ".",
            "(",
            ")",
            "<",
            ">",
            "store",
            "app",
            "run",
            "our:store",
            "our:app",
            "our:types/i",
            "\"our:store/types\"",
            "borrow<r>",
            "list<u8>",
            "stream<u8>",
            "e",
            "pair",
            "%v",
            "/",
            "interface",
            "world",
            "use",
            "include",
            "with",
            "func()",
            "resource x;",
            "record q { }",
            "settings",
            "@1.0.0",
            "targets",
            "\n");

    @Test
    void damagedDocumentsGiveErrorsOfOursOrValidComponents() {
        var random = new Random(20261121);
        GraphEncoder.requireValid(PACKAGES.encode(DOCUMENT));
        int composed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = DOCUMENT;
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                text = damaged(text, random);
            }
            byte[] binary;
            try {
                binary = PACKAGES.encode(text);
            } catch (TenonException refused) {
                assertTrue(!refused.getMessage().isBlank());
                continue;
            } catch (RuntimeException | AssertionError fault) {
                throw new AssertionError(text, fault);
            }
            try {
                GraphEncoder.requireValid(binary);
            } catch (TenonException invalid) {
                throw new AssertionError(text, invalid);
            }
            composed++;
        }
        assertTrue(composed > ROUNDS / 50, composed + " were composed");
    }

    /** Something is left out, doubled, put in or exchanged. */
    private static String damaged(String text, Random random) {
        String[] tokens = text.split("(?<=[\\s;:,.(){}<>])|(?=[;:,.(){}<>])");
        int at = random.nextInt(tokens.length);
        int other = random.nextInt(tokens.length);
        String[] changed = tokens.clone();
        switch (random.nextInt(6)) {
            case 0 -> changed[at] = "";
            case 1 -> changed[at] = tokens[at] + tokens[at];
            case 2 -> changed[at] = tokens[at] + " " + WORDS.get(random.nextInt(WORDS.size())) + " ";
            case 3 -> changed[at] = " " + WORDS.get(random.nextInt(WORDS.size())) + " ";
            case 4 -> {
                changed[at] = tokens[other];
                changed[other] = tokens[at];
            }
            default -> {
                String[] lines = text.split("\n");
                int line = random.nextInt(lines.length);
                lines[line] = random.nextBoolean() ? "" : lines[line] + "\n" + lines[random.nextInt(lines.length)];
                return String.join("\n", lines);
            }
        }
        return String.join("", changed);
    }
}
