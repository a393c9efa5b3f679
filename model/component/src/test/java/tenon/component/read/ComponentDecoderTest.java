package tenon.component.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.component.ComponentWriter.bytes;
import static tenon.component.ComponentWriter.hex;
import static tenon.component.ComponentWriter.name;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.ComponentWriter;
import tenon.component.CoreModule;
import tenon.component.ExternalName;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.ValueDefinition;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.Place;

class ComponentDecoderTest {
    private static final byte[] CORE_MODULE = hex(0, 'a', 's', 'm', 1, 0, 0, 0);

    @Test
    void emptyComponentHasNoDefinitions() {
        byte[] bytes = new ComponentWriter().toBytes();
        assertTrue(ComponentDecoder.isComponent(bytes));
        assertEquals(List.of(), ComponentDecoder.decode(bytes).definitions());
    }

    @Test
    void coreModuleIsNoComponent() {
        assertFalse(ComponentDecoder.isComponent(CORE_MODULE));
        var error = assertThrows(MalformedException.class, () -> ComponentDecoder.decode(CORE_MODULE));
        assertEquals("expected a version header for a component, found that of a core module", error.fact());
        assertEquals(new Place.ByteOffset(4), error.place());
    }

    @Test
    void nestedModulesKeepTheirPlaceInTheOutermostFile() {
        byte[] inner = new ComponentWriter().raw(1, CORE_MODULE).toBytes();
        byte[] outer = new ComponentWriter().raw(4, inner).toBytes();
        Component component = ComponentDecoder.decode(outer);
        var nested =
                assertInstanceOf(NestedComponent.class, component.definitions().getFirst());
        var module = assertInstanceOf(
                CoreModule.class, nested.component().definitions().getFirst());
        assertEquals(20, module.binary().start());
        assertEquals(28, module.binary().end());
        assertEquals(outer, module.binary().bytes());
    }

    @Test
    void namesAreKeptAndWhatIsMalformedInThemIsLeftOut() {
        byte[] content = bytes("component-name", hex(0, 2, 1, 'c'), hex(1, 5, 1, 1, 0, 1, 'f'), hex(1, 99));
        Component component =
                ComponentDecoder.decode(new ComponentWriter().raw(0, content).toBytes());
        assertEquals(Optional.of("c"), component.names().component());
        assertEquals(Optional.of("f"), component.names().name(Sort.FUNC, 0));
        assertEquals("component-name", component.customs().getFirst().name());
    }

    @Test
    void countsAreNotTrusted() {
        byte[] bytes =
                new ComponentWriter().raw(7, hex(0xff, 0xff, 0xff, 0xff, 0x0f)).toBytes();
        var error = assertThrows(MalformedException.class, () -> ComponentDecoder.decode(bytes));
        assertEquals(new Place.ByteOffset(10), error.place());
        assertTrue(error.fact().startsWith("unexpected end-of-file"), error.fact());
    }

    @Test
    void nestingIsLimited() {
        byte[] bytes = new ComponentWriter().toBytes();
        for (int i = 0; i < 200; i++) {
            bytes = new ComponentWriter().raw(4, bytes).toBytes();
        }
        byte[] deep = bytes;
        assertThrows(InvalidException.class, () -> ComponentDecoder.decode(deep));
        byte[] type = hex(0x40, 0, 1, 0);
        for (int i = 0; i < 200; i++) {
            type = bytes(hex(0x42, 1, 1), type);
        }
        byte[] deepType = new ComponentWriter().section(7, type).toBytes();
        assertThrows(InvalidException.class, () -> ComponentDecoder.decode(deepType));
    }

    @Test
    void valuesAreRefusedUntilTheyAreSwitchedOn() {
        byte[] bytes = new ComponentWriter().section(12, hex(0x7f, 1, 1)).toBytes();
        assertThrows(InvalidException.class, () -> ComponentDecoder.decode(bytes));
        Component component = ComponentDecoder.decode(bytes, ComponentFeatures.DEFAULT.with(ComponentFeature.VALUES));
        assertInstanceOf(ValueDefinition.class, component.definitions().getFirst());
    }

    @Test
    void attributesOfNamesAreRead() {
        byte[] named = bytes(hex(2), "users", hex(2, 0), "wasi:keyvalue/store", hex(2), "db:a");
        byte[] bytes = new ComponentWriter()
                .section(7, hex(0x42, 0))
                .section(10, bytes(named, hex(5, 0)))
                .toBytes();
        ExternalName name = ComponentDecoder.decode(bytes).imports().getFirst().name();
        assertEquals("users", name.text());
        assertEquals(Optional.of("wasi:keyvalue/store"), name.attributes().implemented());
        assertEquals(Optional.of("db:a"), name.attributes().externalId());
    }

    @Test
    void everyCanonicalDefinitionIsRead() {
        byte[][] canons = {
            hex(0x00, 0, 0, 0, 0),
            hex(0x01, 0, 0, 2, 1, 3, 0),
            hex(2, 0),
            hex(3, 0),
            hex(4, 0),
            hex(5),
            hex(6, 1),
            hex(9, 0, 0x79, 0),
            hex(0x0a, 0x7f, 0),
            hex(0x0b, 0x7f, 1),
            hex(0x0c, 0),
            hex(0x0d),
            hex(0x0e, 0),
            hex(0x0f, 0, 1, 6),
            hex(0x10, 0, 0),
            hex(0x11, 0, 0),
            hex(0x12, 0, 1),
            hex(0x13, 0),
            hex(0x14, 0),
            hex(0x15, 0),
            hex(0x16, 0, 0),
            hex(0x17, 0, 0),
            hex(0x18, 0, 0),
            hex(0x19, 0, 0),
            hex(0x1a, 0),
            hex(0x1b, 0),
            hex(0x1c, 0),
            hex(0x1d, 0),
            hex(0x1e),
            hex(0x1f),
            hex(0x20, 0, 0),
            hex(0x21, 0, 0),
            hex(0x22),
            hex(0x23),
            hex(0x24),
            hex(0x25),
            hex(0x26),
            hex(0x27, 0, 0),
            hex(0x28),
            hex(0x29, 0),
            hex(0x2a, 0),
            hex(0x2b, 0),
            hex(0x2c, 0),
            hex(0x2d, 0),
            hex(0x2e, 0),
            hex(0x2f, 0),
            hex(0x40, 0, 0),
            hex(0x41, 0, 0, 0),
            hex(0x42, 1)
        };
        byte[] bytes = new ComponentWriter().section(8, canons).toBytes();
        Component component = ComponentDecoder.decode(bytes, ComponentFeatures.ALL);
        assertEquals(canons.length, component.definitions().size());
        assertEquals(
                canons.length,
                component.definitions().stream()
                        .map(Object::getClass)
                        .distinct()
                        .count());
        var lower = assertInstanceOf(Canon.Lower.class, component.definitions().get(1));
        assertEquals(CanonicalOptions.StringEncoding.UTF16, lower.options().encoding());
        assertEquals(Optional.of(0), lower.options().memory());
    }

    @Test
    void optionsStandOnce() {
        byte[] twice = new ComponentWriter().section(8, hex(1, 0, 0, 2, 0, 1)).toBytes();
        assertThrows(InvalidException.class, () -> ComponentDecoder.decode(twice));
        byte[] unknown = new ComponentWriter().section(8, hex(1, 0, 0, 1, 0x0a)).toBytes();
        assertThrows(MalformedException.class, () -> ComponentDecoder.decode(unknown));
    }

    @Test
    void labelsDifferAndAreInKebabCase() {
        assertInvalidType("enum tag name `X` conflicts with previous tag name `x`", bytes(hex(0x6d, 2), "x", "X"));
        assertInvalidType("flag name `aB` is not in kebab case", bytes(hex(0x6e, 1), "aB"));
        assertInvalidType("record type must have at least one field", hex(0x72, 0));
        assertInvalidType("tuple type must have at least one type", hex(0x6f, 0));
        assertInvalidType("fixed-length list has no elements, expected at least one", hex(0x67, 0x7f, 0));
    }

    private static void assertInvalidType(String fact, byte[] type) {
        byte[] bytes = new ComponentWriter().section(7, type).toBytes();
        assertEquals(
                fact,
                assertThrows(InvalidException.class, () -> ComponentDecoder.decode(bytes, ComponentFeatures.ALL))
                        .fact());
    }

    @Test
    void leftOverBytesOfASectionAreMalformed() {
        byte[] bytes = new ComponentWriter().raw(7, hex(1, 0x7f, 0)).toBytes();
        assertThrows(MalformedException.class, () -> ComponentDecoder.decode(bytes));
        byte[] unknown = new ComponentWriter().raw(13, hex()).toBytes();
        assertThrows(MalformedException.class, () -> ComponentDecoder.decode(unknown));
    }

    @Test
    void importNamesAreParsed() {
        byte[] bytes = new ComponentWriter()
                .section(7, hex(0x40, 0, 1, 0))
                .section(10, bytes(name("a_b"), hex(1, 0)))
                .toBytes();
        var error = assertThrows(InvalidException.class, () -> ComponentDecoder.decode(bytes));
        assertEquals("`a_b` is not a valid extern name, `a_b` is not in kebab case", error.fact());
    }
}
