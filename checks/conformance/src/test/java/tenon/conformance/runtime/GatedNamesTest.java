package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.HostInterface;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Value;
import tenon.text.Wat;
import tenon.types.LinkException;
import tenon.types.TenonException;

/** Nested names and canonical versions, which are gated, of components that run. */
class GatedNamesTest {
    private static final ComponentFeatures FEATURES =
            ComponentFeatures.DEFAULT.with(List.of(ComponentFeature.NESTED_NAMES, ComponentFeature.CANONICAL_NAMES));

    /** A host's interface. */
    public record Thing(int number) {
        /** {@code value: func() -> u32}. */
        public int value() {
            return number;
        }

        private static HostInterface named(String name) {
            return HostInterface.of(name, Thing.class, MethodHandles.lookup())
                    .function("value", "value", MethodType.methodType(int.class))
                    .build();
        }
    }

    private static Component component(String text) {
        return ComponentDecoder.decode(Wat.parse("test.wat", text), FEATURES);
    }

    /** Exports what an interface gives, in an interface and by itself. */
    private static Component user(String imported, String exported) {
        return component("""
                (component
                  (import $IMPORTED (instance $in (export "value" (func (result u32)))))
                  (core func $value (canon lower (func $in "value")))
                  (core module $m
                    (import "" "value" (func $value (result i32)))
                    (func (export "value") (result i32) (i32.add (call $value) (i32.const 1))))
                  (core instance $m (instantiate $m (with "" (instance (export "value" (func $value))))))
                  (func $out (result u32) (canon lift (core func $m "value")))
                  (instance $out (export "value" (func $out)))
                  (export $EXPORTED (instance $out)))
                """.replace("$IMPORTED", imported).replace("$EXPORTED", exported));
    }

    private static int value(Linker linker, Component component, String interfaceName) {
        try (LinkedComponent linked = linker.link(Runtime.create(), component);
                Store store = Store.open()) {
            Optional<Value> result =
                    linked.instantiate(store).func(interfaceName, "value").call(List.of());
            return ((Value.U32) result.orElseThrow()).value();
        }
    }

    @Test
    void withoutTheirSwitchesThereAreNone() {
        byte[] nested = Wat.parse("test.wat", "(component (import \"a:b:c/d/e\" (instance)))");
        var error = assertThrows(TenonException.class, () -> ComponentDecoder.decode(nested));
        assertTrue(error.getMessage().contains("cm-nested-names"), error.getMessage());
    }

    @Test
    void canonicalVersionsAreMetByWholeOnesAndTheOtherWayRound() {
        Component canonical =
                user("\"test:it/thing@1\" (version-suffix \".2.0\")", "\"test:it/other@0.3\" (version-suffix \".4\")");
        var host = new Linker().define(Thing.named("test:it/thing@1.4.0"), _ -> new Thing(4));
        assertEquals(5, value(host, canonical, "test:it/other@0.3"));
        assertEquals(5, value(host, canonical, "test:it/other@0.3.9"));
        // a component that imports the whole version gets the one with the canonical one, which a host meets in turn
        Component whole = user("\"test:it/other@0.3.2\"", "\"test:it/last@2\"");
        assertEquals(6, value(new Linker().provide(new Provider(canonical, host)), whole, "test:it/last@2"));
        var error = assertThrows(
                LinkException.class,
                () -> value(
                        new Linker().define(Thing.named("test:it/thing@2.0.0"), _ -> new Thing(4)),
                        canonical,
                        "test:it/other@0.3"));
        assertTrue(error.getMessage().contains("imported in version 1, offered in 2.0.0"), error.getMessage());
    }

    @Test
    void nestedNamesAreMetByTheSame() {
        Component inner = user("\"outer:inner:box/lid/hinge@1.0.0\"", "\"outer:inner:box/lid/spring\"");
        var host = new Linker().define(Thing.named("outer:inner:box/lid/hinge@1.2.0"), _ -> new Thing(7));
        assertEquals(8, value(host, inner, "outer:inner:box/lid/spring"));
        Component outer = user("\"outer:inner:box/lid/spring\"", "\"outer:inner:box/foot\"");
        assertEquals(9, value(new Linker().provide(new Provider(inner, host)), outer, "outer:inner:box/foot"));
        var other = new Linker().define(Thing.named("outer:box/lid/hinge@1.0.0"), _ -> new Thing(7));
        assertThrows(LinkException.class, () -> value(other, inner, "outer:inner:box/lid/spring"));
    }
}
