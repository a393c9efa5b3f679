package tenon.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.compose.source.CompositionException;
import tenon.compose.syntax.Document;
import tenon.compose.syntax.Expression;
import tenon.compose.syntax.Statement;
import tenon.compose.syntax.SyntaxJson;
import tenon.wit.syntax.Source;

class DocumentTest {

    private static Document parse(String text) {
        return Document.parse(new Source("test.wac", text));
    }

    @Test
    void statementsAreRead() {
        Document document = parse("""
                /* a /* nested */ comment */
                package our:app@1.0.0-rc.1+b targets wasi:http/proxy@0.2.0;
                import %record as "a:b/c@1.0.0": async func(x: list<u8, 4>) -> stream<u8>;
                let a = (new b:c@0.1.0 { d, "e:f/g": h.i["j"], ...k, ... }).world-2;
                export a.b as c;
                export a...;
                """);
        assertEquals("our:app@1.0.0-rc.1+b", document.name().toString());
        assertEquals("wasi:http/proxy@0.2.0", document.targets().orElseThrow().toString());
        assertEquals(4, document.statements().size());
        if (document.statements().get(1) instanceof Statement.Let(var _, var name, var value)
                && value.primary() instanceof Expression.Nested(var inner, var _)
                && inner.primary() instanceof Expression.New made) {
            assertEquals("a", name.name());
            assertEquals("b:c@0.1.0", made.target().toString());
            assertEquals(
                    List.of("Inferred", "Given", "Spread", "Fill"),
                    made.arguments().stream()
                            .map(each -> each.getClass().getSimpleName())
                            .toList());
        } else {
            throw new AssertionError(document.statements().get(1));
        }
    }

    @Test
    void blankTellsAnItemFromAPath() {
        parse("package a:b; world w { import c:d/e; import f: g; import h: func(); export i:j/k@1.0.0; }");
    }

    @Test
    void spansCountBytes() {
        String json = SyntaxJson.of(parse("package a:b;\n/// äöü𝄞\nlet x = y;"));
        assertTrue(json.contains("\"comment\": \"äöü𝄞\""), json);
        // the remark takes 4 bytes and 10 for its letters; `x` stands 5 behind it
        assertTrue(
                json.replaceAll("\\s", "").contains("{\"string\":\"x\",\"span\":{\"offset\":32,\"length\":1}}"), json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '$', textBlock = """
            package a:b | test.wac:1:12: expected `targets` or `;`, found the end of the file
            package a:b; let x = ; | test.wac:1:22: expected `new`, `(` or a name, found `;`
            package a:b; let new = x; | hint: write `%new` to use the keyword as a name
            package a:b; type x = float32; | `float32` is not defined
            package a:b; import fooBar: func(); | hint: `foo-bar` is
            package a:b; let x = new c {}; | expected `:` and the name of the package, found `{`
            package a:b; let x = new c:d@1.0 {}; | `1.0` is not a version, expected three numbers like `1.0.0`
            package a:b; record r {} | empty record, expected at least one field
            package a:b; type x = list<u8, 99999999999>; | a list cannot be this long
            package a:b; /* | unterminated comment
            let x = y; | hint: a document begins with its own name: `package example:composition;`
            package a:b; const x = y; | hint: WAC has `let` for it
            package a:b; let x = instantiate c:d {}; | hint: WAC has `new` for it
            package a:b; let x: y; | hint: what a name stands for is said by `=`: `let x = …;`
            package a:b; let x = c:d {}; | hint: a component is instantiated by `new`: `new c:d { … }`
            package a:b; let x = new c:d(); | hint: arguments stand in `{` and `}`
            package a:b; let x = new c:d { e = f }; | hint: an argument is written `name: value`
            package a:b; let x = new c:d { e: f; g }; | hint: what stands in these brackets is parted by `,`
            package a:b; let x = new c:d { .. }; | hint: these are three dots: `...`
            package a:b; let x = new c:d { … }; | hint: these are three dots: `...`
            package a:b; export x[y]; | hint: a name with signs in it stands in quotes: `["example:app/it"]`, and one without by `.name`
            package a:b; export x['y']; | hint: names in quotes stand between `"` and `"`
            package a:b; export x.c:d/e; | hint: a name with signs in it stands in quotes: `["example:app/it"]`
            package a:b; export x as c:d/e; | hint: a name with signs in it stands in quotes: `as "example:app/it"`
            package a:b; import x = c:d/e; | hint: what is imported stands behind `:`: `import x: example:app/it;`
            package a:b; import c:d/e; | hint: an import has a name of its own: `import e: c:d/e;`
            """)
    void errorsSayWhatWasExpected(String text, String part) {
        var error = assertThrows(CompositionException.class, () -> new Worlds().resolve(text));
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void deepNestingIsRefused() {
        for (String text : List.of(
                "package a:b; type x = " + "list<".repeat(100_000),
                "package a:b; let x = " + "(".repeat(100_000),
                "package a:b; let x = " + "new a:b { c: ".repeat(100_000))) {
            var error = assertThrows(CompositionException.class, () -> parse(text));
            assertTrue(error.fact().contains("nested too deep"), error.fact());
        }
    }
}
