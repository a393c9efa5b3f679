package tenon.wasi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.runtime.value.Result;

class ConfigTest {
    private static final Variables SILENT = new Variables() {
        @Override
        public Optional<String> get(String name) {
            throw new VariablesException("the vault does not answer", null);
        }

        @Override
        public Map<String, String> all() {
            throw new VariablesException("the vault does not answer", null);
        }
    };

    private final SpinVariables variables = new SpinVariables(Variables.of(Map.of("api_url", "http://x")));

    @Test
    void aVariableIsFoundByItsName() {
        assertEquals(Result.ok("http://x"), variables.get("api_url"));
    }

    @Test
    void anotherNameIsUndefinedOrNoName() {
        assertInstanceOf(SpinVariables.Refusal.Undefined.class, error(variables.get("api_key")));
        for (String name : new String[] {"", "API_URL", "api-url", "_a", "a_", "a__b", "1a"}) {
            assertInstanceOf(SpinVariables.Refusal.InvalidName.class, error(variables.get(name)), name);
        }
        // a pattern that goes as deep as a name is long would end the host's stack
        assertInstanceOf(SpinVariables.Refusal.InvalidName.class, error(variables.get("a" + "_a".repeat(100_000))));
    }

    @Test
    void aProviderThatFailsIsAnErrorAndNoTrap() {
        assertEquals(
                new SpinVariables.Refusal.Provider("the vault does not answer"),
                error(new SpinVariables(SILENT).get("a")));
    }

    private static Object error(Result<String, SpinVariables.Refusal> result) {
        return switch (result) {
            case Result.Err<String, SpinVariables.Refusal>(var error) -> error;
            case Result.Ok<String, SpinVariables.Refusal>(var value) ->
                throw new AssertionError("expected an error, found " + value);
        };
    }
}
