package tenon.conformance.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tenon.text.script.Definition;
import tenon.text.script.Directive;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.wasm.Features;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/** Every script is read; every wrong text is refused; every right one gives a module that decodes and is valid. */
@Tag("suite")
class TextSuiteTest {
    private static final List<String> ALL = List.of(
            "core-spec",
            "wasmtime-core",
            "wasmtime-component",
            "component-model",
            "component-model-next",
            "wasm-tools-validate",
            "wasm-tools-validate-next");

    /** Texts that an older state of the specification called malformed, where 3.0 finds them invalid: bounds of 64 bits. */
    private static final Set<String> ONCE_MALFORMED = Set.of(
            "proposals/threads/memory.wast:83:1",
            "proposals/threads/memory.wast:87:1",
            "proposals/threads/memory.wast:91:1");

    @TestFactory
    Stream<DynamicTest> scriptsAreRead() {
        return Suite.tests(
                ALL, script -> assertFalse(script.parse().directives().isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> wrongTextsAreRefused() {
        return Suite.tests(
                List.of("core-spec", "wasmtime-core"),
                script -> assertAll(script.parse().directives().stream()
                        .filter(Directive.AssertMalformed.class::isInstance)
                        .map(Directive.AssertMalformed.class::cast)
                        .filter(TextSuiteTest::isModuleText)
                        .map(malformed -> refused(script, malformed))));
    }

    private static boolean isModuleText(Directive.AssertMalformed malformed) {
        return malformed.definition().kind() == Definition.Kind.MODULE
                && malformed.definition().form() != Definition.Form.BINARY;
    }

    private static Executable refused(Suite.Case script, Directive.AssertMalformed malformed) {
        String place = malformed.position().describe();
        if (ONCE_MALFORMED.contains(place)) {
            return () -> assertTrue(malformed.definition().bytes().length > 0, place);
        }
        return () -> {
            var error = assertThrows(
                    MalformedException.class, () -> malformed.definition().bytes(), place);
            if (script.isSupported()) {
                String fact = error.fact().replace("`", "");
                assertTrue(fact.contains(malformed.message()), place + ": " + malformed.message() + " <> " + fact);
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> rightTextsGiveValidModules() {
        return Suite.tests(List.of("core-spec"), script -> {
            if (script.isSupported()) {
                assertAll(script.parse().directives().stream()
                        .flatMap(directive -> rightModule(directive).stream())
                        .filter(definition -> definition.form() != Definition.Form.BINARY)
                        .map(definition -> () -> valid(definition)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> invalidTextsGiveModulesThatValidationRefuses() {
        return Suite.tests(List.of("core-spec"), script -> {
            if (script.isSupported()) {
                assertAll(script.parse().directives().stream()
                        .filter(Directive.AssertInvalid.class::isInstance)
                        .map(Directive.AssertInvalid.class::cast)
                        .filter(invalid -> invalid.definition().form() != Definition.Form.BINARY)
                        .map(invalid -> () -> assertThrows(
                                InvalidException.class,
                                () -> valid(invalid.definition()),
                                invalid.position().describe())));
            }
        });
    }

    private static Optional<Definition> rightModule(Directive directive) {
        return switch (directive) {
            case Directive.Instantiate instantiate -> Optional.of(instantiate.definition());
            case Directive.Define define -> Optional.of(define.definition());
            case Directive.AssertUnlinkable unlinkable -> Optional.of(unlinkable.definition());
            case Directive.AssertUninstantiable uninstantiable -> Optional.of(uninstantiable.definition());
            case Directive.AssertInvalid _, Directive.AssertMalformed _, Directive.InstantiateDefined _ ->
                Optional.empty();
            case Directive.AssertReturn _, Directive.AssertTrap _, Directive.AssertExhaustion _ -> Optional.empty();
            case Directive.AssertException _, Directive.AssertSuspension _, Directive.Perform _ -> Optional.empty();
            case Directive.Register _, Directive.InThread _, Directive.Wait _ -> Optional.empty();
        };
    }

    private static void valid(Definition definition) {
        byte[] binary = definition.bytes();
        var module = ModuleDecoder.decode(binary);
        ModuleValidator.validate(module, Features.ALL);
        assertEquals(0, module.binary().start(), definition.position().describe());
    }
}
