package tenon.host.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tenon.app.ManifestException;
import tenon.app.manifest.AppComponent;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.Dependency;
import tenon.app.manifest.DependencySource;
import tenon.app.manifest.Inheritance;
import tenon.app.manifest.LocalFile;
import tenon.app.manifest.Manifest;
import tenon.component.Component;
import tenon.runtime.LinkPolicy;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.types.LinkException;

/**
 * Meets imports of a component with the dependencies that the manifest names; nothing is composed into one file. Confined to the start of
 * one application.
 *
 * <p>Policy: a dependency gets of the grants of the component that needs it what {@code inherit_configuration} says, and nothing of its own
 * part of the manifest but its dependencies and rules. Two entries of one component with the same source and the same inheritance share one
 * instance.
 */
final class Dependencies {
    private final Manifest manifest;
    private final ComponentBinaries binaries;

    Dependencies(Manifest manifest, ComponentBinaries binaries) {
        this.manifest = manifest;
        this.binaries = binaries;
    }

    /** A linker for a component of the application, which has {@code grants}. */
    Linker linker(ComponentSpec spec, Component component, Grants grants) {
        return linker(spec, component, grants, new Way(List.of(spec.id()), LinkPolicy.NONE));
    }

    /** From a component of the application to a dependency: who needs whom, and the rules of all of them. */
    private record Way(List<String> ids, LinkPolicy rules) {
        Way with(LinkPolicy more) {
            return new Way(ids, LinkRules.both(rules, more));
        }
    }

    private Linker linker(ComponentSpec spec, Component component, Grants grants, Way here) {
        Linker linker = grants.linker();
        Way way = here.with(LinkRules.of(spec, linker, component));
        Map<Shared, Provider> providers = new HashMap<>();
        for (Dependency dependency : spec.dependencies().values()) {
            var shared = new Shared(named(dependency.source()), dependency.inheritance());
            Provider provider = providers.get(shared);
            if (provider == null) {
                provider = provider(dependency, grants, way);
                providers.put(shared, provider);
            }
            provide(linker, spec, component, dependency, provider);
        }
        return linker.restrict(way.rules());
    }

    /** What two dependencies of one component have in common that are one. */
    private record Shared(String source, Inheritance inheritance) {}

    private static String named(DependencySource source) {
        return switch (source) {
            case LocalFile file -> "file " + file.path();
            case AppComponent component -> "component " + component.id();
            default ->
                throw new ManifestException(source.place(), "dependencies that are not local are not supported yet");
        };
    }

    private Provider provider(Dependency dependency, Grants grants, Way way) {
        Grants inherited = grants.inherited(dependency.inheritance());
        return switch (dependency.source()) {
            case LocalFile file ->
                new Provider(binaries.read(file), inherited.linker().restrict(way.rules()), file.path());
            case AppComponent(String id, var place) -> {
                if (way.ids().contains(id)) {
                    throw new ManifestException(
                            place,
                            "component `" + id + "` depends on itself: `" + String.join("` needs `", way.ids())
                                    + "` needs `" + id + "`");
                }
                ComponentSpec spec = manifest.components().get(id);
                if (spec == null) {
                    throw new ManifestException(place, "component `" + id + "` does not exist");
                }
                var longer = new ArrayList<>(way.ids());
                longer.add(id);
                Component component = binaries.read(spec);
                yield new Provider(component, linker(spec, component, inherited, new Way(longer, way.rules())), id);
            }
            default ->
                throw new ManifestException(
                        dependency.place(), "dependencies that are not local are not supported yet");
        };
    }

    private static void provide(
            Linker linker, ComponentSpec spec, Component component, Dependency dependency, Provider provider) {
        List<String> met = component.imports().stream()
                .map(each -> each.name().text())
                .filter(name -> dependency.name().matches(name))
                .toList();
        if (met.isEmpty()) {
            throw new ManifestException(
                    dependency.place(),
                    "component `" + spec.id() + "` imports nothing that `" + dependency.name() + "` means");
        }
        String export = dependency.export();
        if (export != null && met.size() > 1) {
            throw new ManifestException(
                    dependency.place(),
                    "`export = \"" + export + "\"` cannot serve several imports, `" + String.join("`, `", met)
                            + "`, expected" + " the name of one interface");
        }
        try {
            met.forEach(name -> linker.provide(name, provider, export == null ? name : export));
        } catch (LinkException e) {
            throw new ManifestException(dependency.place(), e.fact());
        }
    }
}
