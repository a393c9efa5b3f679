package tenon.app.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tenon.app.ManifestException;
import tenon.app.template.Template.Expression;
import tenon.app.template.Template.Literal;
import tenon.types.Place;

class VariablesTest {

    private static Map<String, Variable> declared() {
        var declared = new LinkedHashMap<String, Variable>();
        declared.put("a", new Variable("a", null, "default", false, Place.NOWHERE));
        declared.put("b_2", new Variable("b_2", null, null, true, Place.NOWHERE));
        return declared;
    }

    @Test
    void templatesHaveTextAndExpressions() {
        assertEquals(
                List.of(new Literal("x-"), new Expression("a"), new Expression("b_2"), new Literal("}")),
                Template.parse("x-{{ a }}{{b_2}}}", Place.NOWHERE).parts());
        assertTrue(Template.parse("{ a }", Place.NOWHERE).isLiteral());
        assertEquals("{{ a }}", Template.parse("{{a}}", Place.NOWHERE).toString());
    }

    @Test
    void refusesBrokenExpressions() {
        for (String text : List.of("{{ a", "{{ a }} {{", "{{}}", "{{ A }}", "{{ a b }}", "{{ a-b }}")) {
            assertThrows(ManifestException.class, () -> Template.parse(text, Place.NOWHERE), text);
        }
    }

    @Test
    void theFirstSourceThatHasAValueIsBelieved() {
        var environment = new EnvironmentSource(
                "SPIN_VARIABLE", Map.of("SPIN_VARIABLE_B_2", "env"), Map.of("SPIN_VARIABLE_A", "file"));
        assertEquals("file", new Variables(declared(), List.of(environment)).value("a"));
        assertEquals("env", new Variables(declared(), List.of(environment)).value("b_2"));
        var variables = new Variables(declared(), List.of(GivenSource.parse(List.of("a=x=y")), environment));
        assertEquals("x=y/env", variables.resolve(Template.parse("{{ a }}/{{ b_2 }}", Place.NOWHERE)));
        assertEquals("default", new Variables(declared(), List.of()).value("a"));
    }

    @Test
    void requiredVariablesNeedAValue() {
        var variables = new Variables(declared(), List.of());
        var refusal = assertThrows(ManifestException.class, variables::checkRequired);
        assertEquals(
                "variable `b_2` is required and has no value, expected `--variable b_2=…` or `SPIN_VARIABLE_B_2=…` in the environment",
                refusal.fact());
        assertThrows(ManifestException.class, () -> variables.value("b_2"));
        assertThrows(ManifestException.class, () -> variables.value("c"));
        new Variables(declared(), List.of(GivenSource.parse(List.of("b_2=")))).checkRequired();
    }

    @Test
    void knowsWhatIsSecret() {
        var variables = new Variables(declared(), List.of());
        assertTrue(variables.isSecret(Template.parse("{{ a }}{{ b_2 }}", Place.NOWHERE)));
        assertFalse(variables.isSecret(Template.parse("{{ a }}", Place.NOWHERE)));
    }

    @Test
    void refusesGivenValuesWithoutAName() {
        var refusal = assertThrows(ManifestException.class, () -> GivenSource.parse(List.of("a", "B=1", "=2", "c=3")));
        assertEquals(3, refusal.problems().size());
    }

    @Test
    void readsDotEnvFiles() {
        assertEquals(
                Map.of(
                        "A", "1",
                        "B", "two words",
                        "C", "tab $A \"x\"\nnext",
                        "D", "${A} \\n",
                        "E", "1-two words",
                        "F", "",
                        "G", "a#b"),
                DotEnvFile.parse("""
                        # a comment
                        A=1

                        export B = two words   # why
                        C="tab \\$A \\"x\\"\\nnext" # more
                        D='${A} \\n'
                        E="${A}-${B}"
                        F=
                        G=a#b
                        """, ".env"));
        var refusal = assertThrows(ManifestException.class, () -> DotEnvFile.parse("A=1\nB\nC=\"x\nD='x' y\n", ".env"));
        assertEquals(3, refusal.problems().size());
    }
}
