package tenon.host.app;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tenon.app.template.VariableSource;
import tenon.component.ComponentFeatures;
import tenon.runtime.StoreLimits;
import tenon.wasm.Features;

/**
 * What an application runs with beside its manifest. Immutable.
 *
 * @param stateFolder where stores and logs lie
 * @param environment variables that every component gets, before those of the manifest
 * @param variables asked in this order for the values of the application's variables, before their defaults
 * @param features that components may use
 * @param coreFeatures that their core modules may use
 * @param limits of the guests of one request
 * @param requestTime how long a component may work on a request of another one
 * @param out where components' standard output is copied to; not closed
 * @param err the same for standard error
 */
public record AppOptions(
        Path stateFolder,
        Map<String, String> environment,
        List<VariableSource> variables,
        ComponentFeatures features,
        Features coreFeatures,
        StoreLimits limits,
        Duration requestTime,
        OutputStream out,
        OutputStream err) {

    public AppOptions {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        variables = List.copyOf(variables);
    }

    /** Nothing but a folder for state; components' output goes to its logs alone. */
    public static AppOptions in(Path stateFolder) {
        return new AppOptions(
                stateFolder,
                Map.of(),
                List.of(),
                ComponentFeatures.DEFAULT,
                Features.STANDARD,
                StoreLimits.DEFAULT,
                Duration.ofSeconds(30),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());
    }

    /** The same with one more variable in every component's environment. */
    public AppOptions withEnv(String name, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new AppOptions(stateFolder, more, variables, features, coreFeatures, limits, requestTime, out, err);
    }

    /** The same, asking one more source, after the others, for values of variables. */
    public AppOptions withVariables(VariableSource source) {
        var more = new ArrayList<>(variables);
        more.add(source);
        return new AppOptions(stateFolder, environment, more, features, coreFeatures, limits, requestTime, out, err);
    }

    /** The same with other features that components, and their core modules, may use. */
    public AppOptions withFeatures(ComponentFeatures to, Features toCore) {
        return new AppOptions(stateFolder, environment, variables, to, toCore, limits, requestTime, out, err);
    }

    /** The same with other limits. */
    public AppOptions withLimits(StoreLimits to) {
        return new AppOptions(stateFolder, environment, variables, features, coreFeatures, to, requestTime, out, err);
    }

    /** The same with another limit for the time of a request from one component to another. */
    public AppOptions withRequestTime(Duration to) {
        return new AppOptions(stateFolder, environment, variables, features, coreFeatures, limits, to, out, err);
    }

    /** The same, copying components' output there. */
    public AppOptions withOutput(OutputStream toOut, OutputStream toErr) {
        return new AppOptions(
                stateFolder, environment, variables, features, coreFeatures, limits, requestTime, toOut, toErr);
    }
}
