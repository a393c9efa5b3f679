package tenon.app.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tenon.app.Problem;
import tenon.app.manifest.HttpTrigger.PublicRoute;
import tenon.app.route.Router;
import tenon.app.template.Variable;

/**
 * An application as its manifest describes it. Immutable.
 *
 * <p>Checked: names, references to components and variables, routes, allowed hosts. Components that a trigger holds inline have
 * been given an id and stand among {@code components}; triggers without an id have been given one.
 *
 * @param file how errors call the manifest
 * @param folder where relative paths begin
 * @param version of the manifest's format: 1 or 2
 * @param variables by name, in the manifest's order, as are all maps of these records
 * @param triggers by type in the manifest's order, and in its order within a type
 * @param components by id
 * @param warnings what is accepted and yet likely not meant
 */
public record Manifest(
        String file,
        Path folder,
        int version,
        Application application,
        Map<String, Variable> variables,
        List<Trigger> triggers,
        Map<String, ComponentSpec> components,
        List<Problem> warnings) {

    public Manifest {
        variables = inOrder(variables);
        triggers = List.copyOf(triggers);
        components = inOrder(components);
        warnings = List.copyOf(warnings);
    }

    /** The HTTP triggers, in the manifest's order. */
    public List<HttpTrigger> httpTriggers() {
        return triggers.stream()
                .filter(HttpTrigger.class::isInstance)
                .map(HttpTrigger.class::cast)
                .toList();
    }

    /** Chooses the HTTP trigger for a path, among those with a public route. */
    public Router<HttpTrigger> router() {
        List<Router.Entry<HttpTrigger>> routes = new ArrayList<>();
        for (HttpTrigger trigger : httpTriggers()) {
            if (trigger.route() instanceof PublicRoute open) {
                routes.add(new Router.Entry<>(open.route(), trigger));
            }
        }
        return Router.of(routes);
    }

    /** This application with the variant {@code profile} of those components that have it. */
    public Manifest withProfile(String profile) {
        Map<String, ComponentSpec> varied = new LinkedHashMap<>(components);
        varied.replaceAll((id, component) -> component.withProfile(profile));
        return new Manifest(file, folder, version, application, variables, triggers, varied, warnings);
    }

    /** Whether a component has the variant {@code profile}. */
    public boolean hasProfile(String profile) {
        return components.values().stream()
                .anyMatch(component -> component.profiles().containsKey(profile));
    }

    Manifest withWarnings(List<Problem> all) {
        return new Manifest(file, folder, version, application, variables, triggers, components, all);
    }

    /** A copy that nobody changes and that keeps the order. */
    static <K, V> Map<K, V> inOrder(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
