package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.Trap;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkPolicy;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.LinkException;

/** Imports that a policy refuses or makes up, whatever is offered. */
class LinkPolicyTest {
    private static final String CELLS = "test:late/cells@1.0.0";

    private static Linker offering() {
        return new Linker().provide(LateCells.provider(1));
    }

    private static LinkedComponent link(Linker linker) {
        return linker.link(Runtime.create(), LateCells.component(LateCells.USER));
    }

    @Test
    void aRefusedImportIsNamedWithTheRule() {
        Linker linker = offering().restrict(LinkPolicy.NONE.deny("test:late"));
        LinkException refused = assertThrows(LinkException.class, () -> link(linker));
        assertTrue(
                refused.getMessage().contains("`" + CELLS + "`: denied by the policy for `test:late`"),
                refused.getMessage());
    }

    @Test
    void aDeniedCallIsATrapThatNamesTheFunction() throws Throwable {
        LinkedComponent linked = link(offering().restrict(LinkPolicy.NONE.denyCalls(CELLS)));
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            Trap trap = assertThrows(Trap.class, () -> LateCells.call(instance, "version"));
            assertTrue(
                    trap.getMessage().contains("`" + CELLS + "#version` is denied by the policy for `" + CELLS + "`"),
                    trap.getMessage());
        }
    }

    @Test
    void aMockAnswersByTypes() throws Throwable {
        LinkedComponent linked = link(new Linker().restrict(LinkPolicy.NONE.mock("test:late/cells")));
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertEquals(0, LateCells.call(instance, "version"));
            assertEquals(0, LateCells.call(instance, "sum"));
            int one = LateCells.call(instance, "make", 5);
            int two = LateCells.call(instance, "make", 6);
            assertEquals(0, LateCells.call(instance, "get", one));
            assertEquals(0, LateCells.call(instance, "both", one, two));
            assertThrows(Trap.class, () -> LateCells.call(instance, "drop", one), "it was given away");
        }
    }

    @Test
    void theLaterOfTwoRulesCounts() throws Throwable {
        var policy = LinkPolicy.NONE.deny("*").allow("test:late/*");
        LinkedComponent linked = link(offering().restrict(policy));
        try (Store store = Store.open()) {
            assertEquals(1, LateCells.call(linked.instantiate(store), "version"));
        }
        var refused =
                assertThrows(LinkException.class, () -> link(offering().restrict(policy.deny("test:late/cells"))));
        assertTrue(refused.getMessage().contains("`test:late/cells`"), refused.getMessage());
    }

    @Test
    void aProviderKeepsItsOwnLinker() throws Throwable {
        // the provider imports `note` itself, which the policy of its user is not about
        LinkedComponent linked = link(offering().restrict(LinkPolicy.NONE.deny("note")));
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            int cell = LateCells.call(instance, "make", 5);
            assertEquals(0, LateCells.call(instance, "drop", cell));
        }
    }

    /** A function of the world. */
    public static final class Answer {
        /** {@code inner: func(u32) -> u32}. */
        public int inner(int n) {
            return n + 1;
        }
    }

    @Test
    void plainNamesHaveRulesToo() {
        var host = HostInterface.of("", Answer.class, MethodHandles.lookup())
                .function("inner", "inner", MethodType.methodType(int.class, int.class))
                .build();
        Linker linker = new Linker().define(host, _ -> new Answer()).restrict(LinkPolicy.NONE.deny("inner"));
        var component = ComponentBytes.around("inner", """
                (module
                  (import "" "inner" (func $inner (param i32) (result i32)))
                  (func (export "run") (param i32) (result i32) (call $inner (local.get 0))))
                """);
        assertThrows(LinkException.class, () -> linker.link(Runtime.create(), component));
        linker.restrict(LinkPolicy.NONE.deny("inn"));
        linker.link(Runtime.create(), component).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "wasi*",
                "wasi:*",
                "wasi:sockets/",
                "wasi:sockets/t*",
                "wasi:sockets@",
                "wasi:sockets@x",
                "wasi:sockets /tcp",
                "wasi:",
                ":sockets",
                "wasi/sockets"
            })
    void whatNamesNoImportIsRefusedAndNotIgnored(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> LinkPolicy.NONE.deny(pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "test:late, true",
        "test:late/*, true",
        "test:late/cells, true",
        "test:late/cells@1.0.0, true",
        "test:late/cells@1.7.3, true",
        "test:late/cells@2.0.0, false",
        "test:late@1.0.0, true",
        "test:late@1.2.0, true",
        "test:late/*@1.0.0, true",
        "test:late@2.0.0, false",
        "test:late/*@2.0.0, false",
        "test:lat, false",
        "test:lat@1.0.0, false",
        "test:late/cell, false",
        "test:other, false"
    })
    void patternsNameImports(String pattern, boolean names) {
        Linker linker = offering().restrict(LinkPolicy.NONE.deny(pattern));
        if (names) {
            assertThrows(LinkException.class, () -> link(linker));
        } else {
            link(linker).close();
        }
    }
}
