package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.runtime.Binding;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkPolicy;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.LinkException;

/** Several instances of one interface under names of their own, and several versions of one interface, beside each other. */
class NamedInstancesTest {
    /** Imports an interface twice, and calls one after the other. */
    private static Component two(String first, String second) {
        return LateCells.component("""
                (component
                  (import $FIRST (instance $first (export "value" (func (result u32)))))
                  (import $SECOND (instance $second (export "value" (func (result u32)))))
                  (core func $one (canon lower (func $first "value")))
                  (core func $two (canon lower (func $second "value")))
                  (core module $m
                    (import "" "one" (func $one (result i32)))
                    (import "" "two" (func $two (result i32)))
                    (func (export "both") (result i32)
                      (i32.add (i32.mul (call $one) (i32.const 100)) (call $two))))
                  (core instance $m (instantiate $m (with "" (instance (export "one" (func $one)) (export "two" (func $two))))))
                  (func (export "both") (result u32) (canon lift (core func $m "both"))))
                """.replace("$FIRST", first).replace("$SECOND", second));
    }

    /** Exports {@code value} in an interface. */
    private static Provider valued(int value, String... names) {
        var exports = new StringBuilder();
        for (String name : names) {
            exports.append("(export ").append(name).append(" (instance $out))\n");
        }
        return new Provider(
                LateCells.component("""
                (component
                  (core module $m (func (export "value") (result i32) (i32.const $VALUE)))
                  (core instance $m (instantiate $m))
                  (func $value (result u32) (canon lift (core func $m "value")))
                  (instance $out (export "value" (func $value)))
                  $EXPORTS)
                """.replace("$VALUE", "" + value).replace("$EXPORTS", exports)), new Linker());
    }

    private static int both(Linker linker, Component component) throws Throwable {
        try (var linked = linker.link(Runtime.create(), component);
                Store store = Store.open()) {
            return LateCells.call(linked.instantiate(store), "both");
        }
    }

    @Test
    void versionsAreApart() throws Throwable {
        Component both = two("\"test:it/thing@1.2.0\"", "\"test:it/thing@2.0.0\"");
        var linker = new Linker()
                .provide(valued(7, "\"test:it/thing@1.3.0\""))
                .provide(valued(9, "\"test:it/thing@2.0.1\""));
        assertEquals(709, both(linker, both));
        // one component that has both
        assertEquals(
                505, both(new Linker().provide(valued(5, "\"test:it/thing@1.2.0\"", "\"test:it/thing@2.0.0\"")), both));
        var error = assertThrows(
                LinkException.class, () -> both(new Linker().provide(valued(7, "\"test:it/thing@1.3.0\"")), both));
        assertTrue(error.getMessage().contains("imported in version 2.0.0, offered in 1.3.0"), error.getMessage());
    }

    @Test
    void eachVersionCanBeReplacedByItself() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var old = new Binding(runtime, valued(1, "\"test:it/thing@1.0.0\""));
                var fresh = new Binding(runtime, valued(2, "\"test:it/thing@2.0.0\""));
                var linked = new Linker()
                        .provide(old)
                        .provide(fresh)
                        .link(runtime, two("\"test:it/thing@1.0.0\"", "\"test:it/thing@2.0.0\""));
                Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertEquals(102, LateCells.call(instance, "both"));
            fresh.replace(valued(3, "\"test:it/thing@2.1.0\""));
            assertEquals(103, LateCells.call(instance, "both"));
            old.replace(valued(4, "\"test:it/thing@1.0.0\""));
            assertEquals(403, LateCells.call(instance, "both"));
        }
    }

    @Test
    void labelsThatImplementOneInterfaceAreMetByName() throws Throwable {
        Component both = two(
                "\"first\" (implements \"test:it/thing@1.0.0\")", "\"second\" (implements \"test:it/thing@1.0.0\")");
        String thing = "test:it/thing@1.0.0";
        var linker = new Linker()
                .provide("first", valued(7, "\"" + thing + "\""), thing)
                .provide("second", valued(8, "\"" + thing + "\""), thing);
        assertEquals(708, both(linker, both));
        // a name that is not offered is met by the interface
        assertEquals(
                706,
                both(
                        new Linker()
                                .provide("first", valued(7, "\"" + thing + "\""), thing)
                                .provide(valued(6, "\"" + thing + "\"")),
                        both));
    }

    @Test
    void exportsUnderLabelsMeetThem() throws Throwable {
        Component both = two("\"a\" (implements \"test:it/thing\")", "\"b\" (implements \"test:it/thing\")");
        var provider = valued(3, "\"a\" (implements \"test:it/thing\")", "\"b\" (implements \"test:it/thing\")");
        assertEquals(303, both(new Linker().provide(provider), both));
    }

    /** A host's interface, of which there are two instances. */
    public record Thing(int number) {
        private static final HostInterface INTERFACE = HostInterface.of(
                        "test:it/thing@1.0.0", Thing.class, MethodHandles.lookup())
                .function("value", "value", MethodType.methodType(int.class))
                .build();

        /** {@code value: func() -> u32}. */
        public int value() {
            return number;
        }
    }

    @Test
    void aHostOffersOneInterfaceUnderTwoNames() throws Throwable {
        Component both = two(
                "\"first\" (implements \"test:it/thing@1.0.0\")", "\"second\" (implements \"test:it/thing@1.0.0\")");
        var linker = new Linker()
                .define("first", Thing.INTERFACE, _ -> new Thing(4))
                .define("second", Thing.INTERFACE, _ -> new Thing(5));
        assertEquals(405, both(linker, both));
        assertEquals(404, both(new Linker().define(Thing.INTERFACE, _ -> new Thing(4)), both));
    }

    @Test
    void aPolicyForTheInterfaceIsOneForItsNames() throws Throwable {
        Component both = two(
                "\"first\" (implements \"test:it/thing@1.0.0\")", "\"second\" (implements \"test:it/thing@1.0.0\")");
        var linker = new Linker().define(Thing.INTERFACE, _ -> new Thing(4));
        assertEquals(400, both(linker.restrict(LinkPolicy.NONE.mock("second")), both));
        assertEquals(0, both(linker.restrict(LinkPolicy.NONE.mock("test:it/thing")), both));
        assertThrows(LinkException.class, () -> both(linker.restrict(LinkPolicy.NONE.deny("test:it")), both));
    }
}
