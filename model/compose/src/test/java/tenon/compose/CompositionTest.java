package tenon.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.ExternalName.Attributes;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.World;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.source.CompositionException;
import tenon.types.component.InstanceType;

/** What documents mean: imports that are shared, types that fit or do not, and what is said then. */
class CompositionTest {
    private static final String STORE = """
            package our:store;
            interface types { resource key { name: func() -> string; } record entry { at: u64, value: list<u8> } }
            interface store { use types.{key, entry}; get: func(k: borrow<key>) -> option<entry>; make: func() -> key; }
            """;

    private static World world(byte[] binary) {
        GraphEncoder.requireValid(binary);
        return World.of(ComponentDecoder.decode(binary));
    }

    private static List<String> imports(World world) {
        return world.imports().stream().map(each -> each.name().text()).toList();
    }

    private static CompositionException refused(Worlds packages, String document) {
        return assertThrows(CompositionException.class, () -> packages.encode(document));
    }

    /** Two versions of one track, the lower with a function that the higher one does not have in this world. */
    private static Worlds versions() {
        return new Worlds().with("our:old", """
                        package our:old;
                        package dep:log@0.2.1 { interface log { enum level { low, high } write: func(l: level); } }
                        world w { import dep:log/log@0.2.1; }
                        """).with("our:new", """
                        package our:new;
                        package dep:log@0.2.4 { interface log { enum level { low, high } flush: func() -> level; } }
                        world w { import dep:log/log@0.2.4; }
                        """);
    }

    @Test
    void whatIsSaidAboutImportsAndExportsIsKept() {
        var packages = new Worlds().with("our:app", """
                        package our:app;
                        package x:y@1.0.0 { interface z { f: func(); } }
                        world w {
                          @external-id("one") import first: x:y/z@1.0.0;
                          import second: x:y/z@1.0.0;
                          @external-id("three") export third: x:y/z@1.0.0;
                        }
                        """);
        var made = ComponentDecoder.decode(packages.encode("""
                        package a:b;
                        let x = new our:app { ... };
                        export x.third;
                        export x.third as fourth;
                        """));
        Optional<String> face = Optional.of("x:y/z@1.0.0");
        Map<String, Attributes> imports = new HashMap<>();
        made.imports()
                .forEach(each -> imports.put(each.name().text(), each.name().attributes()));
        assertEquals(new Attributes(face, Optional.empty(), Optional.of("one")), imports.get("first"));
        assertEquals(new Attributes(face, Optional.empty(), Optional.empty()), imports.get("second"));
        Map<String, Attributes> exports = new HashMap<>();
        made.exports()
                .forEach(each -> exports.put(each.name().text(), each.name().attributes()));
        assertEquals(new Attributes(face, Optional.empty(), Optional.of("three")), exports.get("third"));
        assertEquals(new Attributes(face, Optional.empty(), Optional.empty()), exports.get("fourth"));
    }

    @Test
    void importsOfOneTrackBecomeOneOfTheHighestVersion() {
        for (String document : List.of(
                "package a:b; let x = new our:old { ... }; let y = new our:new { ... };",
                "package a:b; let y = new our:new { ... }; let x = new our:old { ... };")) {
            World made = world(versions().encode(document));
            var named = made.imports().stream()
                    .filter(each -> each.type() instanceof InstanceType)
                    .toList();
            assertEquals(1, named.size(), imports(made).toString());
            assertEquals("dep:log/log@0.2.4", named.getFirst().name().text());
            if (named.getFirst().type() instanceof InstanceType face) {
                assertTrue(face.exports().keySet().containsAll(List.of("level", "write", "flush")), face.toString());
            }
        }
    }

    @Test
    void mismatchIsShownDownToTheLeafWithBothPlaces() {
        var packages = new Worlds().with("our:app", """
                package our:app;
                world w {
                  import settings: interface {
                    record limits { most: u32, names: list<tuple<string, option<u8>>> }
                    get: func() -> result<limits, string>;
                  }
                }
                """);
        var error = refused(packages, """
                package a:b;
                import settings: interface {
                    record limits { most: u32, names: list<tuple<string, option<u16>>> }
                    get: func() -> result<limits, string>;
                };
                let app = new our:app { settings };
                """);
        assertEquals(
                List.of("export `limits`", "field `names`", "element", "element 1", "option", "expected u8, found u16"),
                error.reasons());
        String text = error.getMessage();
        assertTrue(text.startsWith("test.wac:6:25: argument `settings` does not fit: export `limits`: "), text);
        assertTrue(text.contains("test.wac:2:8: what is given is import `settings`"), text);
        assertTrue(text.contains("test.wac:6:15: `settings` is asked for by `our:app` (our-app.wasm)"), text);
    }

    @Test
    void interfacesThatShareAResourceMustComeFromOneInstance() {
        var packages = new Worlds()
                .with(
                        "our:maker",
                        STORE.replace("our:store;", "our:maker;") + "world w { export types; export store; }")
                .with(
                        "our:user",
                        STORE.replace("our:store;", "our:maker;") + "world w { import types; import store; }");
        String shared = """
                package a:b;
                let one = new our:maker {};
                let other = new our:maker {};
                let user = new our:user { types: one.types, store: %s.store };
                """;
        world(packages.encode(shared.formatted("one")));
        var error = refused(packages, shared.formatted("other"));
        assertTrue(error.fact().contains("must come from one instance"), error.getMessage());
        assertTrue(error.getMessage().startsWith("test.wac:4:16:"), error.getMessage());
        var half = refused(
                packages, "package a:b; let one = new our:maker {}; let u = new our:user { types: one.types, ... };");
        assertTrue(half.getMessage().contains("an import of the composition"), half.getMessage());
    }

    @Test
    void resourcesPassThroughComponentsThatOnlyHandThemOn() {
        var packages = new Worlds()
                .with(
                        "our:filter",
                        STORE.replace("our:store;", "our:maker;") + "world w { import store; export store; }");
        World made = world(packages.encode("""
                package a:b;
                let inner = new our:filter { ... };
                let outer = new our:filter { store: inner.store, ... };
                export outer...;
                """));
        assertTrue(
                imports(made).containsAll(List.of("our:maker/types", "our:maker/store")),
                imports(made).toString());
    }

    @Test
    void missingArgumentsAndUnknownNamesGetHints() {
        var packages = new Worlds()
                .with("our:app", "package our:app; world w { import settings: interface {} import clock: func(); }");
        var missing = refused(packages, "package a:b; let x = new our:app {};");
        assertTrue(
                missing.getMessage().contains("`our:app` imports `settings`, `clock`, which are not given"),
                missing.getMessage());
        assertTrue(missing.hint().orElseThrow().startsWith("`...` as the last argument"), missing.getMessage());
        var unknown = refused(packages, "package a:b; import f: func(); let x = new our:app { clok: f, ... };");
        assertEquals("there is `clock`", unknown.hint().orElseThrow());
        var name =
                refused(packages, "package a:b; import counter: func(); let x = new our:app { clock: countr, ... };");
        assertEquals("there is `counter`", name.hint().orElseThrow());
        assertTrue(refused(packages, "package a:b; let x = new our:nothing {};")
                .fact()
                .contains("is not known"));
    }

    @Test
    void witCannotBeInstantiated() {
        var packages = new Worlds().with("our:types", "package our:types; interface i { f: func(); }");
        assertTrue(refused(packages, "package a:b; let x = new our:types {};")
                .getMessage()
                .contains("is WIT"));
        World made = world(packages.encode("package a:b; import i: our:types/i; export i.f;"));
        assertEquals(List.of("our:types/i"), imports(made));
    }

    @Test
    void functionWithATypeThatNobodyElseKnowsIsRefused() {
        var error = refused(new Worlds(), "package a:b; record r { x: u32 } import f: func(x: list<r>);");
        assertTrue(error.fact().contains("has a record in its type"), error.getMessage());
        assertEquals(
                "define both in an interface, and import that", error.hint().orElseThrow());
    }

    @Test
    void typesNestedTooDeepAreRefused() {
        var text = new StringBuilder("package a:b; type t0 = u8;");
        for (int i = 1; i < 50_000; i++) {
            text.append("type t").append(i).append(" = option<t").append(i - 1).append(">;");
        }
        var error = refused(new Worlds(), text.toString());
        assertTrue(error.getMessage().contains("type is nested too deep"), error.fact());
    }

    @Test
    void typesThatShareTheirPartsAreComparedOnce() {
        var types = new StringBuilder("type t0 = u8;");
        for (int i = 1; i < 60; i++) {
            types.append("type t%d = tuple<t%d, t%d>;".formatted(i, i - 1, i - 1));
        }
        String face = "interface { " + types + " f: func(x: t59); }";
        var error = refused(
                new Worlds().with("our:app", "package our:app; world w { import i: interface { f: func(x: u8); } }"),
                "package a:b; import i: " + face + "; let x = new our:app { i };");
        assertTrue(error.getMessage().contains("expected u8, found tuple"), error.getMessage());
    }

    @Test
    void targetIsCheckedWithItsPlace() {
        var error = refused(
                new Worlds().with("our:app", "package our:app; world w { import clock: func(); export run: func(); }"),
                """
                package a:b targets a:b/%world;
                world %world { export run: func(); }
                let app = new our:app { ... };
                export app.run;
                """.replace("a:b/%world", "a:b/world"));
        assertTrue(
                error.getMessage()
                        .startsWith("test.wac:3:15: instance of `our:app` asks for `clock`, which world `a:b/world`"),
                error.getMessage());
    }
}
