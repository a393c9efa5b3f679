package tenon.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.types.component.ComponentType;
import tenon.types.component.ExternType;
import tenon.types.component.InstanceType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.wit.component.ComponentTypes;
import tenon.wit.component.WorldFit;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.TurnedWorld;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** WIT as types of the Component Model, and worlds that fit each other. */
class ComponentTypesTest {
    private static PackageGraph parse(String text) {
        return WitReader.parse(new Source("x.wit", text), Features.NONE);
    }

    private static ResourceType resource(ExternType instance, String name) {
        ExternType type = ((InstanceType) instance).export(name).orElseThrow();
        return (ResourceType) ((TypeExtern) type).type();
    }

    private static final String STORE = """
            package a:b@1.0.0;
            interface store {
              resource bucket { constructor(name: string); get: func(key: string) -> option<string>; }
              type size = u32;
              record info { name: string, size: size }
              open: async func(info: info) -> result<bucket, string>;
            }
            interface uses { use store.{bucket}; f: func(b: borrow<bucket>); }
            """;

    @Test
    void interfaceIsAnInstanceType() {
        PackageGraph graph = parse(STORE);
        InstanceType store = ComponentTypes.of(graph, new InterfaceId(0));
        assertEquals(1, store.resources().size());
        assertEquals(
                "async func(info: record { name: string, size: u32 }) -> result<own<bucket>, string>",
                store.export("open").orElseThrow().toString());
        assertEquals(
                "func(self: borrow<bucket>, key: string) -> option<string>",
                store.export("[method]bucket.get").orElseThrow().toString());
        InstanceType uses = ComponentTypes.of(graph, new InterfaceId(1));
        assertEquals(List.of(), uses.resources());
    }

    @Test
    void resourcesOfImportsAndExportsDiffer() {
        PackageGraph graph = parse(STORE
                + "world w { import store; import uses; import one: store; export store; export two: store; }"
                + "world v { export uses; }");
        ComponentType world = ComponentTypes.of(graph, graph.world("w").orElseThrow());
        ResourceType imported = resource(world.imports().get("a:b/store@1.0.0"), "bucket");
        assertSame(imported, resource(world.imports().get("a:b/uses@1.0.0"), "bucket"));
        assertNotSame(imported, resource(world.imports().get("one"), "bucket"));
        assertNotSame(imported, resource(world.exports().get("a:b/store@1.0.0"), "bucket"));
        assertEquals(2, world.importedResources().size());
        assertEquals(2, world.exportedResources().size());
        ComponentType other = ComponentTypes.of(graph, graph.world("v").orElseThrow());
        assertSame(
                resource(other.imports().get("a:b/store@1.0.0"), "bucket"),
                resource(other.exports().get("a:b/uses@1.0.0"), "bucket"));
    }

    @Test
    void largeTypesAreRefused() {
        var wide = new StringBuilder("package a:b; interface i { type t0 = tuple<u8, u8>; ");
        for (int i = 0; i < 60; i++) {
            wide.append("type t" + (i + 1) + " = tuple<t" + i + ", t" + i + ">; ");
        }
        PackageGraph graph = parse(wide + "}");
        assertThrows(WitException.class, () -> ComponentTypes.of(graph, new InterfaceId(0)));
    }

    private static List<String> problems(String worlds) {
        PackageGraph graph = parse(worlds);
        return WorldFit.problems(
                graph,
                graph.world("asked").orElseThrow(),
                graph,
                graph.world("given").orElseThrow());
    }

    @Test
    void misfitsAreNamed() {
        assertEquals(
                List.of(),
                problems("package a:b; world given { import f: func(); export g: func(a: list<u8>); }"
                        + "world asked { import f: func(); import more: func(); export g: func(a: list<u8>); }"));
        assertEquals(
                List.of(
                        "import `f` is not there in world `asked`",
                        "export `g` is `func(a: list<u8>)`, expected `func(a: list<s8>)`",
                        "export `h` is missing, which world `asked` asks for"),
                problems("package a:b; world given { import f: func(); export g: func(a: list<u8>); }"
                        + "world asked { export g: func(a: list<s8>); export h: func(); }"));
    }

    @Test
    void versionsOfOneTrackFit() {
        String worlds = """
                package a:b;
                world given { import c:d/e@0.2.1; }
                world asked { import c:d/e@0.2.0; import c:d/e@0.2.3; }
                package c:d@0.2.0 { interface e { f: func(); } }
                package c:d@0.2.1 { interface e { f: func(); g: func(); } }
                package c:d@0.2.3 { interface e { f: func(); g: func(); h: func(); } }
                """;
        assertEquals(List.of(), problems(worlds));
        assertEquals(
                List.of("import `c:d/e@0.2.1`: function `g` is missing"),
                problems(worlds.replace(" import c:d/e@0.2.3;", "")));
    }

    @Test
    void worldIsTurnedRound() {
        PackageGraph graph = parse("package a:b; interface i { type t = u32; } interface gone {}"
                + "world w { import gone; use i.{t}; import old: func(); export f: func() -> t; }");
        PackageGraph turned = TurnedWorld.importized(graph, graph.world("w").orElseThrow(), Optional.empty());
        String text = WitPrinter.all(turned);
        assertEquals("""
                world w-importized {
                  import i;
                  use i.{t};
                  import f: func() -> t;
                }
                """, text.substring(text.indexOf("world")));
    }
}
