package tenon.host.app;

import tenon.app.Problems;
import tenon.app.manifest.AppComponent;
import tenon.app.manifest.ComponentSource;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.Dependency;
import tenon.app.manifest.DependencySource;
import tenon.app.manifest.Download;
import tenon.app.manifest.HttpTrigger;
import tenon.app.manifest.LocalFile;
import tenon.app.manifest.Manifest;
import tenon.app.manifest.OtherTrigger;
import tenon.app.manifest.RegistryPackage;
import tenon.app.manifest.TenonSettings;
import tenon.app.manifest.Trigger;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlString;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

/**
 * What a manifest may hold and this host does not serve: refused by name, since an application of which a part is ignored does not do
 * what its author wrote. Keys that only builds and other tools look at ({@code build}, {@code tool}, {@code targets}, {@code profile})
 * are none of a host's business.
 */
final class Unserved {
    /** The store that a host has without further configuration. */
    static final String DEFAULT_STORE = "default";

    private final Problems problems;

    private Unserved(Problems problems) {
        this.problems = problems;
    }

    /** Adds all that is not served. */
    static void check(Manifest manifest, Problems problems) {
        var unserved = new Unserved(problems);
        manifest.triggers().forEach(unserved::trigger);
        TomlTable settings = manifest.application().triggerSettings().get(HttpTrigger.TYPE);
        if (settings != null) {
            settings.entries().forEach(unserved::setting);
        }
        manifest.components().values().forEach(unserved::component);
        if (manifest.triggers().isEmpty()) {
            problems.add(
                    manifest.application().place(),
                    "application `" + manifest.application().name() + "` has no trigger, expected `[[trigger.http]]`");
        }
    }

    private void notYet(Place place, String what, String expected) {
        problems.add(place, what + " not supported yet" + (expected.isEmpty() ? "" : ", expected " + expected));
    }

    /** A setting for all HTTP triggers: the base of their routes, which is what it is without it. */
    private void setting(String key, TomlValue.Entry entry) {
        boolean root = key.equals("base")
                && entry.value() instanceof TomlString text
                && text.value().equals("/");
        if (!root) {
            notYet(entry.keyPlace(), "the setting `" + key + "` of HTTP triggers is", "`base = \"/\"`, or none");
        }
    }

    private void trigger(Trigger trigger) {
        switch (trigger) {
            case OtherTrigger other ->
                notYet(other.place(), "triggers of the type `" + other.type() + "` are", "`http`");
            case HttpTrigger http -> http(http);
        }
    }

    private void http(HttpTrigger trigger) {
        switch (trigger.executor()) {
            case HttpTrigger.HttpExecutor _ -> {}
            case HttpTrigger.WagiExecutor wagi -> notYet(wagi.place(), "the executor `wagi` is", "`http`");
        }
        trigger.middleware()
                .forEach(each -> notYet(
                        each.place(),
                        "middleware, which needs `wasi:http/handler@0.3.0`, is",
                        "a dependency of a component"));
        trigger.moreComponents()
                .forEach((role, _) -> notYet(trigger.place(), "the role `" + role + "` in `components` is", ""));
    }

    private void component(ComponentSpec component) {
        problems.gather(() -> TenonSettings.of(component));
        source(component.source());
        component.dependencies().values().forEach(this::dependency);
        component.keyValueStores().stream()
                .filter(label -> !label.value().equals(DEFAULT_STORE))
                .forEach(label -> notYet(
                        label.place(),
                        "key-value stores other than `default`, such as `" + label.value() + "`, are",
                        ""));
        component.sqliteDatabases().forEach(label -> notYet(label.place(), "`sqlite_databases` are", ""));
        component.aiModels().forEach(label -> notYet(label.place(), "`ai_models` are", ""));
    }

    private void source(ComponentSource source) {
        switch (source) {
            case LocalFile _ -> {}
            case Download download -> notYet(download.place(), "components that are downloaded are", "a file");
            case RegistryPackage registered -> notYet(registered.place(), "components from a registry are", "a file");
        }
    }

    private void dependency(Dependency dependency) {
        DependencySource source = dependency.source();
        switch (source) {
            case LocalFile _, AppComponent _ -> {}
            case Download download -> notYet(download.place(), "dependencies that are downloaded are", "a file");
            case RegistryPackage registered -> notYet(registered.place(), "dependencies from a registry are", "a file");
        }
    }
}
