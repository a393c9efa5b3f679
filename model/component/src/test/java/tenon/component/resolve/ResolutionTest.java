package tenon.component.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.component.ComponentWriter.bytes;
import static tenon.component.ComponentWriter.hex;
import static tenon.component.ComponentWriter.name;

import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.ComponentWriter;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.World;
import tenon.types.InvalidException;
import tenon.types.TenonException;
import tenon.types.component.BorrowType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.ListType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.wasm.Features;

class ResolutionTest {
    private static final int RESOURCE = 0x3f;
    private static final byte[] SUB_RESOURCE = hex(3, 1);

    /** A resource type of the component's own, without destructor. */
    private static final byte[] OWN_RESOURCE = hex(RESOURCE, 0x7f, 0);

    private static IndexSpaces resolve(ComponentWriter writer) {
        return Resolution.of(ComponentDecoder.decode(writer.toBytes()));
    }

    private static void assertInvalid(String fact, ComponentWriter writer) {
        Component component = ComponentDecoder.decode(writer.toBytes());
        assertEquals(
                fact,
                assertThrows(InvalidException.class, () -> Resolution.of(component))
                        .fact());
    }

    @Test
    void typesAreFoundByIndex() {
        IndexSpaces spaces =
                resolve(new ComponentWriter().section(7, hex(0x70, 0x7d), bytes(hex(0x40, 1), "x", hex(0, 1, 0))));
        assertEquals(new ListType(PrimitiveType.U8), spaces.type(0));
        assertEquals("func(x: list<u8>)", spaces.typeOfFunctions(1).toString());
    }

    @Test
    void indicesOutOfRangeAreInvalid() {
        assertInvalid(
                "unknown type 1: type index out of bounds, there are 0",
                new ComponentWriter().section(7, hex(0x70, 1)));
        assertInvalid(
                "unknown core module 0: core module index out of bounds, there are 0",
                new ComponentWriter().section(2, hex(0, 0, 0)));
        assertInvalid(
                "invalid outer alias count of 1, there are 0 scopes",
                new ComponentWriter().section(6, hex(3, 2, 1, 0)));
    }

    @Test
    void kindsOfTypesAreChecked() {
        assertInvalid("type index 0 is not a resource type", new ComponentWriter().section(7, hex(0x7d), hex(0x69, 0)));
        assertInvalid(
                "type index 0 is not a defined value type",
                new ComponentWriter().section(7, hex(0x40, 0, 1, 0), hex(0x70, 0)));
        assertInvalid(
                "type index 0 is not a function type",
                new ComponentWriter().section(7, hex(0x7d)).section(10, bytes(name("f"), hex(1, 0))));
        assertInvalid(
                "resources can only be defined within a concrete component",
                new ComponentWriter().section(7, bytes(hex(0x42, 1, 1), OWN_RESOURCE)));
    }

    @Test
    void eachImportOfAnInstanceTypeHasResourcesOfItsOwn() {
        // an interface with a resource and a function that borrows it, imported twice
        byte[] type = bytes(
                hex(0x42, 4, 4),
                name("r"),
                SUB_RESOURCE,
                hex(1, 0x68, 0),
                bytes(hex(1, 0x40, 1), "self", hex(1, 1, 0)),
                hex(4),
                name("[method]r.m"),
                hex(1, 2));
        IndexSpaces spaces = resolve(new ComponentWriter()
                .section(7, type)
                .section(10, bytes(name("a:b/one"), hex(5, 0)), bytes(name("a:b/two"), hex(5, 0)))
                .section(6, bytes(hex(3, 0, 0), "r"), bytes(hex(3, 0, 1), "r")));
        ResourceType one = spaces.resourceType(1);
        ResourceType two = spaces.resourceType(2);
        assertNotSame(one, two);
        assertEquals("r", one.name());
        var method = (Item.Func) spaces.instance(0).exports().get("[method]r.m");
        assertEquals(List.of(new BorrowType(one)), method.type().paramTypes());
    }

    /** A component that imports a resource type and a function that takes it, and exports the function. */
    private static byte[] user() {
        return new ComponentWriter()
                .section(10, bytes(name("r"), SUB_RESOURCE))
                .section(7, hex(0x69, 0), bytes(hex(0x40, 1), "x", hex(1, 1, 0)))
                .section(10, bytes(name("f"), hex(1, 2)))
                .section(11, bytes(name("g"), hex(1, 0, 0)))
                .toBytes();
    }

    /** A component that defines a resource type and exports it. */
    private static byte[] definer() {
        return new ComponentWriter()
                .section(7, OWN_RESOURCE)
                .section(11, bytes(name("r"), hex(3, 0, 0)))
                .toBytes();
    }

    @Test
    void eachInstantiationDefinesResourcesOfItsOwn() {
        IndexSpaces spaces = resolve(new ComponentWriter()
                .raw(4, definer())
                .section(5, hex(0, 0, 0), hex(0, 0, 0))
                .section(6, bytes(hex(3, 0, 0), "r"), bytes(hex(3, 0, 1), "r")));
        ResourceType resource = spaces.resourceType(0);
        assertNotSame(resource, spaces.resourceType(1));
        IndexSpaces definer = spaces.instance(0).inside().orElseThrow();
        assertTrue(definer.ownResources().containsKey(resource));
    }

    /** Imports two resource types, and a function that takes the first. */
    private static ComponentWriter importer() {
        return new ComponentWriter()
                .raw(4, user())
                .section(10, bytes(name("r"), SUB_RESOURCE), bytes(name("s"), SUB_RESOURCE))
                .section(7, hex(0x69, 0), bytes(hex(0x40, 1), "x", hex(2, 1, 0)))
                .section(10, bytes(name("f"), hex(1, 3)));
    }

    @Test
    void argumentsTakeThePlaceOfImportedResources() {
        IndexSpaces spaces = resolve(importer().section(5, bytes(hex(0, 0, 2), "r", hex(3, 0), "f", hex(1, 0))));
        ResourceType resource = spaces.resourceType(0);
        var exported = (Item.Func) spaces.instance(0).exports().get("g");
        assertEquals(List.of(new OwnType(resource)), exported.type().paramTypes());
        IndexSpaces inside = spaces.instance(0).inside().orElseThrow();
        assertSame(resource, inside.resourceType(0));
    }

    @Test
    void argumentsOfAnotherTypeAreRefused() {
        Component component = ComponentDecoder.decode(importer()
                .section(5, bytes(hex(0, 0, 2), "r", hex(3, 1), "f", hex(1, 0)))
                .toBytes());
        var error = assertThrows(InvalidException.class, () -> Resolution.of(component));
        assertTrue(error.fact().startsWith("type mismatch for import `f`"), error.fact());
    }

    @Test
    void typesThatAreMentionedOutsideNeedNamesThere() {
        byte[] record = bytes(hex(0x72, 1), "a", hex(0x79));
        byte[] function = bytes(hex(0x40, 1), "x", hex(0, 1, 0));
        assertInvalid(
                "func not valid to be used as import: it mentions a type that is not imported by a name",
                new ComponentWriter().section(7, record, function).section(10, bytes(name("f"), hex(1, 1))));
        // the function is of the type behind the name, not of the one that has it
        assertInvalid(
                "func not valid to be used as import: it mentions a type that is not imported by a name",
                new ComponentWriter()
                        .section(7, record, function)
                        .section(10, bytes(name("t"), hex(3, 0, 0)), bytes(name("f"), hex(1, 1))));
        resolve(new ComponentWriter()
                .section(7, record)
                .section(10, bytes(name("t"), hex(3, 0, 0)))
                .section(7, bytes(hex(0x40, 1), "x", hex(1, 1, 0)))
                .section(10, bytes(name("f"), hex(1, 2))));
    }

    @Test
    void allProblemsAreToldAndWhatComesOfThemIsNot() {
        byte[] bytes = new ComponentWriter()
                // not a resource; a list of what is unknown then; an index that is not there
                .section(7, hex(0x7d), hex(0x69, 0), hex(0x70, 1), hex(0x70, 9))
                // its type is unknown; a name that is there already
                .section(10, bytes(name("a"), hex(3, 0, 2)), bytes(name("a"), hex(3, 1)))
                .toBytes();
        List<String> facts = ComponentValidator.problems(bytes, ComponentFeatures.DEFAULT, Features.STANDARD).stream()
                .map(TenonException::fact)
                .toList();
        assertEquals(
                List.of(
                        "type index 0 is not a resource type",
                        "unknown type 9: type index out of bounds, there are 3",
                        "import name `a` conflicts with previous name `a`"),
                facts);
    }

    @Test
    void allBodiesOfCoreModulesAreLookedAt() {
        // two functions of the type () -> (), whose bodies leave an i32 each
        byte[] module = hex(
                0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 3, 2, 0, 0, 10, 11, 2, 4, 0, 0x41, 0, 0x0b, 4, 0,
                0x41, 0, 0x0b);
        byte[] bytes =
                new ComponentWriter().raw(1, module).section(7, hex(0x69, 0)).toBytes();
        List<TenonException> problems =
                ComponentValidator.problems(bytes, ComponentFeatures.DEFAULT, Features.STANDARD);
        assertEquals(3, problems.size(), problems::toString);
        assertEquals(
                "unknown type 0: type index out of bounds, there are 0",
                problems.get(2).fact());
    }

    @Test
    void sectionsBehindAMalformedOneAreRead() {
        byte[] bytes = new ComponentWriter()
                .section(7, hex(0x01))
                .section(7, bytes(hex(0x72, 1), "Not-Kebab-", hex(0x79)))
                .toBytes();
        List<String> facts = ComponentValidator.problems(bytes, ComponentFeatures.DEFAULT, Features.STANDARD).stream()
                .map(TenonException::fact)
                .toList();
        assertEquals(
                List.of(
                        "invalid leading byte (0x1) for component defined type",
                        "record field name `Not-Kebab-` is not in kebab case"),
                facts);
    }

    @Test
    void missingArgumentsAreNamed() {
        assertInvalid(
                "missing import named `r`", new ComponentWriter().raw(4, user()).section(5, hex(0, 0, 0)));
    }

    @Test
    void resourcesCannotCrossAComponentByOuterAlias() {
        byte[] inner = new ComponentWriter().section(6, hex(3, 2, 1, 0)).toBytes();
        assertInvalid(
                "cannot alias outer type 0: it transitively refers to resources not defined in the current component",
                new ComponentWriter().section(7, OWN_RESOURCE).raw(4, inner));
        IndexSpaces spaces = resolve(
                new ComponentWriter().section(7, hex(0x7d)).raw(4, inner).section(5, hex(0, 0, 0)));
        assertEquals(PrimitiveType.U8, spaces.instance(0).inside().orElseThrow().type(0));
    }

    @Test
    void onlyTheDefinerMakesResources() {
        assertInvalid(
                "type index 0 is not a local resource",
                new ComponentWriter()
                        .section(10, bytes(name("r"), SUB_RESOURCE))
                        .section(8, hex(2, 0)));
        IndexSpaces spaces =
                resolve(new ComponentWriter().section(7, OWN_RESOURCE).section(8, hex(2, 0), hex(3, 0), hex(4, 0)));
        assertEquals("(i32) -> (i32)", spaces.coreFunctionType(0).toString());
        assertEquals("(i32) -> ()", spaces.coreFunctionType(1).toString());
    }

    @Test
    void namesOfOneScopeDiffer() {
        assertInvalid(
                "import name `A` conflicts with previous name `a`",
                new ComponentWriter().section(10, bytes(name("a"), SUB_RESOURCE), bytes(name("A"), SUB_RESOURCE)));
        assertInvalid(
                "export name `a` conflicts with previous name `a`",
                new ComponentWriter()
                        .section(7, OWN_RESOURCE)
                        .section(11, bytes(name("a"), hex(3, 0, 0)), bytes(name("a"), hex(3, 0, 0))));
    }

    @Test
    void membersBelongToAResourceInFrontOfThem() {
        byte[] function = hex(0x40, 0, 1, 0);
        assertInvalid(
                "function `[static]r.f` does not match a resource name in scope, expected `r`",
                new ComponentWriter().section(7, function).section(10, bytes(name("[static]r.f"), hex(1, 0))));
        ComponentWriter method = new ComponentWriter().section(7, function).section(10, bytes(name("r"), SUB_RESOURCE));
        assertInvalid(
                "function `[method]r.f` does not fit its name, expected a first parameter `self: borrow<r>`",
                method.section(10, bytes(name("[method]r.f"), hex(1, 0))));
        ComponentWriter constructor =
                new ComponentWriter().section(7, function).section(10, bytes(name("r"), SUB_RESOURCE));
        assertInvalid(
                "function `[constructor]r` does not fit its name, expected the result `own<r>`, or a result with that on its ok side",
                constructor.section(10, bytes(name("[constructor]r"), hex(1, 0))));
        assertInvalid(
                "item named `[static]r.f` is not a function, found type",
                new ComponentWriter().section(10, bytes(name("[static]r.f"), SUB_RESOURCE)));
    }

    @Test
    void lowerNeedsAMemoryForStrings() {
        assertInvalid(
                "canonical option `memory` is required",
                new ComponentWriter()
                        .section(7, bytes(hex(0x40, 1), "s", hex(0x73, 1, 0)))
                        .section(10, bytes(name("f"), hex(1, 0)))
                        .section(8, hex(1, 0, 0, 0)));
        IndexSpaces spaces = resolve(new ComponentWriter()
                .section(7, bytes(hex(0x40, 1), "n", hex(0x77, 0, 0x75)))
                .section(10, bytes(name("f"), hex(1, 0)))
                .section(8, hex(1, 0, 0, 0)));
        assertEquals("(i64) -> (f64)", spaces.coreFunctionType(0).toString());
    }

    @Test
    void coreModulesAreValidated() {
        // one function of the type () -> (), whose body leaves an i32
        byte[] module =
                hex(0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0, 0x41, 0, 0x0b);
        byte[] inner = new ComponentWriter().raw(1, module).toBytes();
        Component component =
                ComponentDecoder.decode(new ComponentWriter().raw(4, inner).toBytes());
        assertThrows(InvalidException.class, () -> Resolution.of(component));
    }

    @Test
    void hugeTypesAreRefusedBeforeTheyCostAnything() {
        // each type is a variant of two of the type before: 2^60 parts in a few hundred bytes
        byte[][] types = new byte[60][];
        types[0] = hex(0x7d);
        for (int i = 1; i < types.length; i++) {
            types[i] = bytes(hex(0x71, 2), "a", hex(1), i - 1, hex(0), "b", hex(1), i - 1, hex(0));
        }
        assertInvalid("effective type size exceeds the limit of 1000000", new ComponentWriter().section(7, types));
    }

    @Test
    void treesOfInstancesAreBounded() {
        // each component instantiates the one before it twice
        byte[] component = new ComponentWriter().toBytes();
        for (int i = 0; i < 60; i++) {
            component = new ComponentWriter()
                    .raw(4, component)
                    .section(5, hex(0, 0, 0), hex(0, 0, 0))
                    .toBytes();
        }
        Component tree = ComponentDecoder.decode(component);
        var error = assertThrows(InvalidException.class, () -> Resolution.of(tree));
        assertTrue(error.fact().startsWith("component is too complex"), error.fact());
    }

    @Test
    void chainsOfInstantiationsAreBounded() {
        // each component instantiates the one in front of it, which it reaches from outside
        var writer = new ComponentWriter().raw(4, new ComponentWriter().toBytes());
        for (int i = 0; i < 5_000; i++) {
            writer.raw(
                    4,
                    new ComponentWriter()
                            .section(6, bytes(hex(4, 2, 1), i))
                            .section(5, hex(0, 0, 0))
                            .toBytes());
        }
        writer.section(5, bytes(hex(0), 5_000, hex(0)));
        assertInvalid("instantiation is nested too deep, expected at most 100 levels", writer);
    }

    @Test
    void chainsOfComponentsExportedByComponentsAreBounded() {
        var writer = new ComponentWriter().raw(4, new ComponentWriter().toBytes());
        for (int i = 0; i < 5_000; i++) {
            writer.raw(
                    4,
                    new ComponentWriter()
                            .section(6, bytes(hex(4, 2, 1), i))
                            .section(11, bytes(name("c"), hex(4, 0, 0)))
                            .toBytes());
        }
        writer.section(11, bytes(name("c"), hex(4), 5_000, hex(0)));
        Component component = ComponentDecoder.decode(writer.toBytes());
        var error = assertThrows(InvalidException.class, () -> World.of(component));
        assertEquals("type nesting is too deep, expected at most 100 levels", error.fact());
    }

    @Test
    void chainsOfInstancesInInstancesAreBounded() {
        byte[][] instances = new byte[5_000][];
        instances[0] = hex(1, 0);
        for (int i = 1; i < instances.length; i++) {
            instances[i] = bytes(hex(1, 1), name("i"), hex(5), i - 1);
        }
        Component component = ComponentDecoder.decode(new ComponentWriter()
                .section(5, instances)
                .section(11, bytes(name("i"), hex(5), instances.length - 1, hex(0)))
                .toBytes());
        assertThrows(InvalidException.class, () -> World.of(component));
    }

    @Test
    void worldHasImportsAndExportsInOrder() {
        byte[] type = bytes(hex(0x42, 1, 4), name("r"), SUB_RESOURCE);
        World world = World.of(ComponentDecoder.decode(new ComponentWriter()
                .section(7, type, hex(0x40, 0, 1, 0))
                .section(10, bytes(name("log"), hex(1, 1)), bytes(name("wasi:io/poll@0.2.3"), hex(5, 0)))
                .section(11, bytes(name("run"), hex(1, 0, 0)))
                .toBytes()));
        assertEquals(
                List.of("log", "wasi:io/poll@0.2.3"),
                world.imports().stream().map(each -> each.name().text()).toList());
        var poll = assertInstanceOf(InstanceType.class, world.imports().get(1).type());
        assertInstanceOf(TypeExtern.class, poll.export("r").orElseThrow());
        assertInstanceOf(FunctionType.class, world.exports().getFirst().type());
        assertEquals(
                "0.2.3",
                world.imports()
                        .get(1)
                        .interfaceName()
                        .orElseThrow()
                        .version()
                        .orElseThrow()
                        .toString());
    }
}
