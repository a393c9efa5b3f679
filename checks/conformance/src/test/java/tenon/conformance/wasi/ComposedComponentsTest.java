package tenon.conformance.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.World;
import tenon.compose.encode.Dependencies;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.graph.Package;
import tenon.compose.graph.Plug;
import tenon.compose.resolve.Composition;
import tenon.compose.resolve.PackageFiles;
import tenon.compose.source.CompositionException;
import tenon.compose.syntax.Document;
import tenon.conformance.wasi.HttpComponentsTest.Handler;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;
import tenon.wasi.http.Field;
import tenon.wasi.http.Method;
import tenon.wit.syntax.Source;

/** What we compose of real components answers as what others composed of them. */
@Tag("suite")
class ComposedComponentsTest {
    private static final String TELLER = "components/rust/rust-teller-http.wasm";
    private static final String FINANCE = "components/rust/rust-bare-finance.wasm";
    private static final String MIDDLEWARE = "components/rust/rust-http-middleware.wasm";
    private static final String HELLO = "components/rust/rust-bare-http-hello.wasm";

    private static final PackageFiles FILES = new PackageFiles(Path.of(""), Map.of(), (_, text) -> text);

    private static Package read(String name, String file) throws IOException {
        return FILES.read(name, Optional.empty(), Guests.file(file));
    }

    private static byte[] plugged(String socket, String... plugs) throws IOException {
        var packages = new ArrayList<Package>();
        for (String plug : plugs) {
            packages.add(read("plug:number" + packages.size(), plug));
        }
        return GraphEncoder.encode(
                Plug.into(read("the:socket", socket), packages), Dependencies.EMBEDDED, Optional.of("1.0.0"));
    }

    private static byte[] composed(String document, String... files) throws IOException {
        var given = new LinkedHashMap<String, Path>();
        for (String file : files) {
            given.put("our:" + file.replaceAll(".*/rust-(bare-)?|\\.wasm", ""), Guests.file(file));
        }
        var packages = new PackageFiles(Path.of("nowhere"), given, (_, text) -> text);
        return Composition.of(Document.parse(new Source("test.wac", document)), packages)
                .encode(Dependencies.EMBEDDED, Optional.of("1.0.0"));
    }

    private static Handler handler(byte[] binary) {
        GraphEncoder.requireValid(binary);
        Component component = ComponentDecoder.decode(binary);
        var linker = new Linker();
        Wasi.define(linker, WasiConfig.NOTHING);
        return Handler.of(linker.link(Runtime.create(), component));
    }

    private static void showsTheBooks(byte[] binary) throws Throwable {
        var made = handler(binary);
        var given = Handler.of("components/composed/composed-rust-teller-finance.wasm", WasiConfig.NOTHING);
        assertEquals(
                given.answer(new Method.Get(), "/books", "").text(),
                made.answer(new Method.Get(), "/books", "").text());
        String order = "{\"id\":\"1\",\"amount\":20000,\"currency\":\"EUR\"}";
        assertEquals(
                "{\"outcomes\":[\"rejected: Limit exceeded\"]}",
                made.answer(new Method.Post(), "/pay", order).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {FINANCE, "components/rust/rust-finance.wasm", "components/c/c-finance.wasm"})
    void tellerIsPlugged(String finance) throws Throwable {
        showsTheBooks(plugged(TELLER, finance));
    }

    @Test
    void tellerIsComposed() throws Throwable {
        showsTheBooks(composed("""
                package our:bank;
                let ledger = new our:finance { ... };
                let teller = new our:teller-http { ...ledger, ... };
                export teller...;
                """, TELLER, FINANCE));
    }

    @Test
    void tellerIsComposedWithNamedArguments() throws Throwable {
        showsTheBooks(composed("""
                package our:bank;
                let ledger = new our:finance {};
                export new our:teller-http { processor: ledger.processor, "cyber:finance/ledger@0.1.0": ledger.ledger, ... }
                    ["wasi:http/incoming-handler@0.2.12"];
                """, TELLER, FINANCE));
    }

    @Test
    void middlewareIsPluggedBeforeAnUnchangedComponent() throws Throwable {
        asksForItsWord(plugged(MIDDLEWARE, HELLO));
    }

    @Test
    void middlewareIsComposedBeforeAnUnchangedComponent() throws Throwable {
        asksForItsWord(composed("""
                package our:guarded;
                export new our:http-middleware { incoming-handler: new our:http-hello { ... }.incoming-handler, ... }
                    .incoming-handler;
                """, MIDDLEWARE, HELLO));
    }

    @Test
    void twoMiddlewaresStandBeforeEachOther() throws Throwable {
        asksForItsWord(composed("""
                package our:guarded-twice;
                let hello = new our:http-hello { ... };
                let inner = new our:http-middleware { ...hello, ... };
                let outer = new our:http-middleware { ...inner, ... };
                export outer...;
                """, MIDDLEWARE, HELLO));
    }

    private static void asksForItsWord(byte[] binary) throws Throwable {
        var handler = handler(binary);
        assertEquals(401, handler.answer(new Method.Get(), "/", "").status());
        var allowed = handler.answer(new Method.Get(), "/", "", Field.of("authorization", "Bearer let-me-in"));
        assertEquals(200, allowed.status());
        assertEquals("hello from rust\n", allowed.text());
        var echo = handler.answer(
                new Method.Post(), "/echo", "x".repeat(100_000), Field.of("authorization", "Bearer let-me-in"));
        assertTrue(echo.text().contains("\"bytes\":100000"), echo.text());
    }

    @Test
    void compositionAsksForWhatItsPartsAskFor() throws Throwable {
        World made = World.of(ComponentDecoder.decode(plugged(MIDDLEWARE, HELLO)));
        World given = World.of(ComponentDecoder.decode(
                Files.readAllBytes(Guests.file("components/composed/composed-rust-middleware-hello.wasm"))));
        assertEquals(names(given.exports()), names(made.exports()));
        assertTrue(made.imports().stream().noneMatch(each -> each.name().text().contains("incoming-handler")));
    }

    private static List<String> names(List<World.Extern> externs) {
        return externs.stream().map(each -> each.name().text()).toList();
    }

    @Test
    void sameInputGivesSameBytes() throws Throwable {
        assertArrayEquals(plugged(MIDDLEWARE, HELLO), plugged(MIDDLEWARE, HELLO));
        assertTrue(new String(plugged(TELLER, FINANCE), UTF_8).contains("processed-by"));
    }

    @Test
    void graphIsBuiltInJava() throws Throwable {
        var graph = new CompositionGraph();
        Node ledger = graph.instantiate(graph.register(read("our:finance", FINANCE)));
        Node teller = graph.instantiate(graph.register(read("our:teller", TELLER)));
        for (String name : List.of("cyber:finance/processor@0.1.0", "cyber:finance/ledger@0.1.0")) {
            graph.argument(teller, name, graph.alias(ledger, name));
        }
        String handler = "wasi:http/incoming-handler@0.2.12";
        graph.export(graph.alias(teller, handler), handler);
        showsTheBooks(GraphEncoder.encode(graph, Dependencies.EMBEDDED, Optional.empty()));
    }

    @Test
    void plugThatDoesNotFitIsNamedWithWhy() throws IOException {
        Package teller = read("the:socket", TELLER);
        Package hello = read("plug:number0", HELLO);
        var error = assertThrows(CompositionException.class, () -> Plug.into(teller, List.of(hello)));
        assertTrue(error.getMessage().contains("exports nothing that"), error.getMessage());
    }
}
