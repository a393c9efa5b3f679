package tenon.app.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.manifest.HttpTrigger.ComponentAnswer;
import tenon.app.outbound.AllowedHosts;
import tenon.app.template.Template;
import tenon.app.template.Variable;
import tenon.types.Place;

/** Checks that what a manifest names is there: components and variables. Confined to one manifest. */
final class References {
    private final Manifest manifest;
    private final Problems problems;

    private References(Manifest manifest, Problems problems) {
        this.manifest = manifest;
        this.problems = problems;
    }

    static void check(Manifest manifest, Problems problems) {
        var references = new References(manifest, problems);
        manifest.triggers().forEach(references::checkTrigger);
        manifest.components().values().forEach(references::checkComponent);
    }

    private void checkTrigger(Trigger trigger) {
        switch (trigger) {
            case HttpTrigger http -> {
                if (http.answer() instanceof ComponentAnswer answer) {
                    checkComponent(answer.id(), answer.place());
                }
                http.moreComponents().values().forEach(this::checkReferences);
                checkDependencies(http.id(), http.middleware());
            }
            case OtherTrigger other -> {
                if (other.component() != null) {
                    checkComponent(other.component().id(), other.component().place());
                }
                other.components().values().forEach(this::checkReferences);
                other.dependencies().values().forEach(list -> checkDependencies(other.id(), list));
            }
        }
    }

    private void checkReferences(List<ComponentReference> references) {
        references.forEach(reference -> checkComponent(reference.id(), reference.place()));
    }

    private boolean checkComponent(String id, Place place) {
        Set<String> ids = manifest.components().keySet();
        // an id that is none has its own problem
        boolean missing = !ids.contains(id) && Identifier.kebabFault(id) == null;
        if (missing) {
            problems.add(place, "component `" + id + "` does not exist" + Suggestion.among(ids, id, "expected "));
        }
        return ids.contains(id);
    }

    private void checkDependencies(String user, List<TriggerDependency> dependencies) {
        dependencies.forEach(dependency -> checkSource(user, dependency.source()));
    }

    private void checkComponent(ComponentSpec component) {
        component.dependencies().values().forEach(dependency -> checkSource(component.id(), dependency.source()));
        component
                .profiles()
                .values()
                .forEach(profile -> profile.dependencies()
                        .values()
                        .forEach(dependency -> checkSource(component.id(), dependency.source())));
        component.variables().values().forEach(this::checkVariables);
        for (Placed<String> host : component.allowedOutboundHosts()) {
            Template template = problems.gather(() -> Template.parse(host.value(), host.place()));
            if (template != null) {
                checkVariables(template);
            }
        }
        AllowedHosts.check(component.allowedOutboundHosts(), this::defaultOf, problems);
    }

    private Optional<String> defaultOf(String variable) {
        return Optional.ofNullable(manifest.variables().get(variable)).map(Variable::defaultValue);
    }

    private void checkVariables(Template template) {
        template.variables()
                .filter(name -> !manifest.variables().containsKey(name))
                .forEach(name -> problems.add(
                        template.place(),
                        "variable `" + name + "` does not exist"
                                + Suggestion.among(manifest.variables().keySet(), name, "expected ")));
    }

    /** A component that serves another one is not given anything of its own: what it asks for would be ignored. */
    private void checkSource(String user, DependencySource source) {
        if (!(source instanceof AppComponent reference) || !checkComponent(reference.id(), reference.place())) {
            return;
        }
        ComponentSpec component = manifest.components().get(reference.id());
        List<String> own = component == null ? List.of() : ownThings(component);
        if (!own.isEmpty()) {
            problems.add(
                    reference.place(),
                    "component `" + reference.id() + "` cannot serve `" + user + "`, since it has `"
                            + String.join("`, `", own) + "` of its own, expected a component without");
        }
    }

    private static List<String> ownThings(ComponentSpec component) {
        List<String> own = new ArrayList<>();
        addUnless(component.aiModels().isEmpty(), "ai_models", own);
        addUnless(component.allowedOutboundHosts().isEmpty(), "allowed_outbound_hosts", own);
        addUnless(component.dependencies().isEmpty(), "dependencies", own);
        addUnless(component.environment().isEmpty(), "environment", own);
        addUnless(component.files().isEmpty(), "files", own);
        addUnless(component.keyValueStores().isEmpty(), "key_value_stores", own);
        addUnless(component.sqliteDatabases().isEmpty(), "sqlite_databases", own);
        addUnless(component.variables().isEmpty(), "variables", own);
        return own;
    }

    private static void addUnless(boolean empty, String key, List<String> own) {
        if (!empty) {
            own.add(key);
        }
    }
}
