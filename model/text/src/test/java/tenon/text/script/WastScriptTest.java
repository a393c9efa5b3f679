package tenon.text.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.types.MalformedException;
import tenon.types.component.PrimitiveType;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;

class WastScriptTest {

    @Test
    void directivesKeepTheirOrderAndPlace() {
        var script = WastScript.parse("a.wast", """
                (module $m (func (export "f")))
                (module definition $d)
                  (module instance $i $d)
                (register "m" $m)
                (invoke $m "f")
                (assert_return (get "g") (i32.const -1))
                """);
        var kinds = script.directives().stream()
                .map(directive -> directive.getClass().getSimpleName() + "@"
                        + directive.position().line() + ":"
                        + directive.position().column())
                .toList();
        assertEquals(
                List.of(
                        "Instantiate@1:1",
                        "Define@2:1",
                        "InstantiateDefined@3:3",
                        "Register@4:1",
                        "Perform@5:1",
                        "AssertReturn@6:1"),
                kinds);
        var instance = assertInstanceOf(
                Directive.InstantiateDefined.class, script.directives().get(2));
        assertEquals(Optional.of("i"), instance.name());
        assertEquals(Optional.of("d"), instance.definition());
    }

    @Test
    void fieldsAloneAreOneModule() {
        var only = only("(func) (memory 0)");
        var definition = assertInstanceOf(Directive.Instantiate.class, only).definition();
        assertEquals("(func) (memory 0)", definition.source());
        assertTrue(definition.bytes().length > 8);
    }

    @Test
    void wrongModuleFailsOnlyWhenItIsAskedFor() {
        var malformed = assertInstanceOf(
                Directive.AssertMalformed.class,
                only("(assert_malformed (module quote \"(func (no\" \"p)\") \"unexpected token\")"));
        var error = assertThrows(
                MalformedException.class, () -> malformed.definition().bytes());
        assertEquals("a.wast:1: quoted text:1:1", error.place().describe());
        var wrong = assertInstanceOf(Directive.Instantiate.class, only("(module (func frob))"));
        assertEquals(
                "unknown operator `frob`, expected an instruction",
                assertThrows(MalformedException.class, () -> wrong.definition().bytes())
                        .fact());
    }

    @Test
    void stringsOfABinaryAreJoined() {
        var binary = assertInstanceOf(
                Directive.Instantiate.class, only("(module $m binary \"\\00asm\" \"\\01\\00\\00\\00\")"));
        assertEquals(Optional.of("m"), binary.name());
        assertEquals(8, binary.definition().bytes().length);
    }

    @Test
    void componentsAreTextOrBinaryOrQuotedWithoutTheirFrame() {
        var text = assertInstanceOf(Directive.AssertInvalid.class, only("(assert_invalid (component) \"no\")"));
        assertEquals(Definition.Kind.COMPONENT, text.definition().kind());
        assertEquals(8, text.definition().bytes().length);
        var quoted =
                assertInstanceOf(Directive.Instantiate.class, only("(component quote \"(import \\\"f\\\" (func))\")"));
        assertTrue(quoted.definition().bytes().length > 8);
        var binary = assertInstanceOf(Directive.Instantiate.class, only("(component binary \"\\00asm\")"));
        assertEquals(4, binary.definition().bytes().length);
    }

    @Test
    void valuesOfComponentsNest() {
        var directive = assertInstanceOf(
                Directive.AssertReturn.class,
                only(
                        "(assert_return (invoke \"f\" (list.const (tuple.const (u8.const 255) (char.const \"\\u{1F370}\")))"
                                + " (record.const (field \"a\" str.const \"x\") (field \"b\" option.some (bool.const true))))"
                                + " (result.err (f64.const -0.5)))"));
        var tuple = new ComponentValue.Tuple(
                List.of(new ComponentValue.Whole(PrimitiveType.U8, 255), new ComponentValue.Char(0x1F370)));
        var some = new ComponentValue.Option(Optional.of(new ComponentValue.Bool(true)));
        var record = new ComponentValue.Fields(List.of(
                new ComponentValue.Field("a", new ComponentValue.Text("x")), new ComponentValue.Field("b", some)));
        var call = assertInstanceOf(Action.Invoke.class, directive.action());
        assertEquals(List.of(new ComponentValue.Sequence(List.of(tuple)), record), call.arguments());
        var error = new ComponentValue.Err(Optional.of(new Value.F64(Double.doubleToRawLongBits(-0.5))));
        assertEquals(List.of(new ResultPattern.Exactly(error)), directive.results());
    }

    @Test
    void valuesOfComponentsNestOnlySoDeep() {
        String text = "(invoke \"f\" " + "(option.some ".repeat(10_000) + ")".repeat(10_001);
        var error = assertThrows(MalformedException.class, () -> only(text));
        assertEquals("values are nested more than 500 deep", error.fact());
    }

    @Test
    void trapOfAModuleIsAboutItsInstantiation() {
        assertInstanceOf(
                Directive.AssertUninstantiable.class, only("(assert_trap (module (start 0)) \"unreachable\")"));
        assertInstanceOf(Directive.AssertTrap.class, only("(assert_trap (invoke \"f\") \"unreachable\")"));
    }

    @Test
    void resultsArePatterns() {
        assertEquals(
                List.of(
                        new ResultPattern.Exactly(new Value.I64(-1)),
                        new ResultPattern.CanonicalNan(NumType.F32),
                        new ResultPattern.ArithmeticNan(NumType.F64),
                        new ResultPattern.Exactly(new Value.F32(0xffc00000)),
                        new ResultPattern.Exactly(new Value.RefNull(Optional.empty())),
                        new ResultPattern.Exactly(new Value.RefNull(Optional.of(HeapType.Abstract.FUNC))),
                        new ResultPattern.Exactly(new Value.RefExtern(3)),
                        new ResultPattern.RefOf(HeapType.Abstract.EXTERN),
                        new ResultPattern.RefFunc(2),
                        new ResultPattern.Either(List.of(
                                new ResultPattern.Exactly(new Value.I32(1)),
                                new ResultPattern.Exactly(new Value.I32(2))))),
                results("""
                        (i64.const 0xffff_ffff_ffff_ffff) (f32.const nan:canonical) (f64.const nan:arithmetic)
                        (f32.const -nan) (ref.null) (ref.null func) (ref.extern 3) (ref.extern) (ref.func 2)
                        (either (i32.const 1) (i32.const 2))"""));
    }

    @Test
    void vectorsAreValuesUnlessALaneIsAPattern() {
        assertEquals(
                List.of(
                        new ResultPattern.Exactly(new Value.V128(0x0004_0003_0002_ffffL, 0x0008_0007_0006_0005L)),
                        new ResultPattern.Lanes(
                                VectorShape.F64X2,
                                List.of(
                                        new ResultPattern.CanonicalNan(NumType.F64),
                                        new ResultPattern.Exactly(new Value.F64(0))))),
                results("(v128.const i16x8 -1 2 3 4 5 6 7 8) (v128.const f64x2 nan:canonical 0)"));
    }

    @Test
    void patternIsNoArgument() {
        var error = assertThrows(MalformedException.class, () -> only("(invoke \"f\" (f32.const nan:canonical))"));
        assertEquals("a.wast:1:13", error.place().describe());
    }

    @Test
    void unclosedDirectiveIsMalformed() {
        assertThrows(MalformedException.class, () -> only("(module (func)"));
        assertThrows(MalformedException.class, () -> only("(register \"a\")) "));
        assertThrows(MalformedException.class, () -> only("(frobnicate)"));
    }

    private static Directive only(String text) {
        var script = WastScript.parse("a.wast", text);
        assertEquals(1, script.directives().size());
        return script.directives().getFirst();
    }

    private static List<ResultPattern> results(String text) {
        return assertInstanceOf(Directive.AssertReturn.class, only("(assert_return (invoke \"f\") " + text + ")"))
                .results();
    }

    @Test
    void threadsHaveDirectivesOfTheirOwn() {
        WastScript script = WastScript.parse("t", """
                (module $m)
                (thread $t (shared (module $m)) (register "m" $m) (assert_return (invoke "f")))
                (wait $t)
                """);
        var thread =
                assertInstanceOf(Directive.InThread.class, script.directives().get(1));
        assertEquals(List.of("m"), thread.shared());
        assertEquals(2, thread.directives().size());
        assertEquals(
                "t",
                assertInstanceOf(Directive.Wait.class, script.directives().get(2))
                        .name());
        assertEquals(5, Directive.count(script.directives()));
        assertThrows(MalformedException.class, () -> WastScript.parse("t", "(thread (module))"));
        assertThrows(MalformedException.class, () -> WastScript.parse("t", "(thread $t (thread $u))"));
    }
}
