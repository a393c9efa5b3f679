package tenon.wasi.config;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import tenon.runtime.HostInterface;
import tenon.runtime.Linker;
import tenon.runtime.value.Result;

/** {@code wasi:config/store}, whose versions in use are alike. Thread-safe if its variables are. */
public final class ConfigStore {
    /** {@code @0.2.0-rc.1}, which most hosts link, for a Linker. */
    public static final HostInterface RC1 = describe("0.2.0-rc.1");

    /** {@code @0.2.0-draft-2024-09-27}, which Spin links, for a Linker. */
    public static final HostInterface DRAFT_2024_09_27 = describe("0.2.0-draft-2024-09-27");

    private final Variables variables;

    private ConfigStore(Variables variables) {
        this.variables = variables;
    }

    private static HostInterface describe(String version) {
        return HostInterface.of("wasi:config/store@" + version, ConfigStore.class, MethodHandles.lookup())
                .function("get", "get", methodType(Result.class, String.class))
                .function("get-all", "getAll", methodType(Result.class))
                .build();
    }

    /** Offers {@code variables} through {@code wasi:config/store} and {@code fermyon:spin/variables}. */
    public static void define(Linker linker, Variables variables) {
        var store = new ConfigStore(variables);
        linker.define(RC1, _ -> store);
        linker.define(DRAFT_2024_09_27, _ -> store);
        linker.define(SpinVariables.INTERFACE, _ -> new SpinVariables(variables));
    }

    Result<Optional<String>, ConfigError> get(String key) {
        try {
            return Result.ok(variables.get(key));
        } catch (VariablesException e) {
            return Result.err(new ConfigError.Upstream(e.fact()));
        }
    }

    Result<List<Setting>, ConfigError> getAll() {
        try {
            return Result.ok(variables.all().entrySet().stream()
                    .map(entry -> new Setting(entry.getKey(), entry.getValue()))
                    .toList());
        } catch (VariablesException e) {
            return Result.err(new ConfigError.Upstream(e.fact()));
        }
    }

    /** A key and its value. Immutable. */
    public record Setting(String key, String value) {}

    /** The interface's {@code error}. Immutable. */
    public sealed interface ConfigError {
        /** {@code upstream}. */
        record Upstream(String description) implements ConfigError {}

        /** {@code io}. */
        record Io(String description) implements ConfigError {}
    }
}
