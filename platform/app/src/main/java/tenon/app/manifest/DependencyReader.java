package tenon.app.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.manifest.ImportName.PackageImport;
import tenon.app.manifest.ImportName.PlainImport;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.Entry;
import tenon.app.toml.TomlValue.TomlArray;
import tenon.app.toml.TomlValue.TomlBoolean;
import tenon.app.toml.TomlValue.TomlString;
import tenon.types.Place;
import tenon.types.component.SemanticVersion;

/** Reads what components, and triggers, depend on. Confined to one manifest. */
final class DependencyReader {
    private static final String INHERIT = "inherit_configuration";
    private static final String WHICH = "exactly one of `path`, `url`, `component` and `version`";

    private final Section owner;
    private final Problems problems;

    DependencyReader(Section owner) {
        this.owner = owner;
        this.problems = owner.problems();
    }

    /** {@code dependencies} of a component. */
    Map<ImportName, Dependency> read() {
        Map<ImportName, Dependency> dependencies = new LinkedHashMap<>();
        owner.entries("dependencies").forEach((key, entry) -> {
            ImportName name = name(key, entry.keyPlace());
            Dependency dependency = name == null ? null : dependency(name, key, entry);
            if (dependency != null) {
                checkDisjoint(dependency, dependencies);
                dependencies.put(dependency.name(), dependency);
            }
        });
        return dependencies;
    }

    private @Nullable ImportName name(String key, Place place) {
        if (key.indexOf(':') < 0 && key.indexOf('/') < 0) {
            String fault = Identifier.kebabFault(key);
            if (fault != null) {
                problems.add(place, "`" + key + "` is not the name of an import, " + fault);
                return null;
            }
            return new PlainImport(key);
        }
        int at = key.indexOf('@');
        String path = at < 0 ? key : key.substring(0, at);
        Optional<SemanticVersion> version = at < 0 ? Optional.empty() : SemanticVersion.parse(key.substring(at + 1));
        int slash = path.indexOf('/');
        String packageName = slash < 0 ? path : path.substring(0, slash);
        Optional<String> interfaceName = slash < 0 ? Optional.empty() : Optional.of(path.substring(slash + 1));
        if (!SourceReader.isPackage(packageName)
                || (at >= 0 && version.isEmpty())
                || interfaceName.map(Identifier::kebabFault).isPresent()) {
            problems.add(place, "`" + key + "` is not the name of an import, expected one like `a:b/c@1.0.0` or `a:b`");
            return null;
        }
        return new PackageImport(packageName, interfaceName, version);
    }

    private @Nullable Dependency dependency(ImportName name, String key, Entry entry) {
        String path = owner.path("dependencies") + ".\"" + key + "\"";
        if (entry.value() instanceof TomlString version) {
            DependencySource source =
                    new RegistryPackage(null, packageOf(name, entry.keyPlace()), version.value(), version.place());
            return new Dependency(name, source, null, Inheritance.NOTHING, entry.keyPlace());
        }
        Section table = owner.section(entry.value(), entry.keyPlace(), path);
        if (table == null) {
            return null;
        }
        DependencySource source = source(table, name);
        String export = table.optionalText("export");
        Inheritance inheritance = inheritance(table);
        table.end();
        boolean wholePackage =
                name instanceof PackageImport whole && whole.interfaceName().isEmpty();
        if (wholePackage && export != null && !(source instanceof Download)) {
            problems.add(
                    table.keyPlaceOf("export"),
                    "`" + table.path("export") + "` cannot serve a whole package, expected an interface like `" + key
                            + "/c`");
        }
        return new Dependency(name, source, export, inheritance, table.place());
    }

    /** A plain name does not tell the package. */
    private String packageOf(ImportName name, Place place) {
        return switch (name) {
            case PackageImport known -> known.packageName();
            case PlainImport plain -> {
                problems.add(place, "dependency `" + plain.name() + "` has no package, expected `package = \"a:b\"`");
                yield "";
            }
        };
    }

    /** {@code name} is null for a dependency of a trigger. */
    private DependencySource source(Section table, @Nullable ImportName name) {
        List<String> kinds = Stream.of("path", "url", "component", "version")
                .filter(table::has)
                .toList();
        if (kinds.size() != 1) {
            problems.add(
                    kinds.size() < 2 ? table.place() : table.keyPlaceOf(kinds.get(1)),
                    "`" + table.path() + "` has " + (kinds.isEmpty() ? "no source" : "several sources") + ", expected "
                            + WHICH);
            table.rest();
            return new LocalFile("", table.place());
        }
        return switch (kinds.getFirst()) {
            case "path" -> new LocalFile(table.text("path", "a file"), table.placeOf("path"));
            case "url" -> SourceReader.download(table);
            case "component" ->
                new AppComponent(table.text("component", "the id of a component"), table.placeOf("component"));
            default -> registryPackage(table, name);
        };
    }

    private RegistryPackage registryPackage(Section table, @Nullable ImportName name) {
        String version = table.text("version", "a version");
        String registry = table.optionalText("registry");
        String packageName =
                name == null || table.has("package") ? SourceReader.packageName(table) : packageOf(name, table.place());
        return new RegistryPackage(registry, packageName, version, table.place());
    }

    private Inheritance inheritance(Section table) {
        return switch (table.optional(INHERIT)) {
            case null -> Inheritance.NOTHING;
            case TomlBoolean truth -> truth.value() ? Inheritance.ALL : Inheritance.NOTHING;
            case TomlArray _ -> {
                Set<Capability> capabilities = new TreeSet<>();
                for (Placed<String> key : table.texts(INHERIT)) {
                    Capability.of(key.value())
                            .ifPresentOrElse(
                                    capabilities::add,
                                    () -> problems.add(
                                            key.place(),
                                            "`" + key.value() + "` is nothing to inherit"
                                                    + Suggestion.among(Capability.keys(), key.value(), "expected ")));
                }
                yield new Inheritance(false, capabilities);
            }
            case TomlValue other -> {
                table.unexpected(other, table.path(INHERIT), "`true`, `false` or an array of keys");
                yield Inheritance.NOTHING;
            }
        };
    }

    /** Two dependencies must not serve the same import. */
    private void checkDisjoint(Dependency dependency, Map<ImportName, Dependency> others) {
        for (ImportName other : others.keySet()) {
            if (dependency.name() instanceof PackageImport a && other instanceof PackageImport b && a.overlaps(b)) {
                problems.add(
                        dependency.place(), "`" + a + "` serves imports that `" + b + "` serves, expected one of them");
            }
        }
    }

    /** {@code dependencies} of a trigger, by role. */
    Map<String, List<TriggerDependency>> readForTrigger() {
        Map<String, List<TriggerDependency>> roles = new LinkedHashMap<>();
        Section section = owner.section("dependencies");
        if (section != null) {
            for (String role : owner.entries("dependencies").keySet()) {
                List<TriggerDependency> dependencies = new ArrayList<>();
                for (Placed<TomlValue> item : section.items(role)) {
                    Section table = section.section(item.value(), item.place(), section.path(role));
                    if (table != null) {
                        DependencySource source = source(table, null);
                        dependencies.add(new TriggerDependency(source, inheritance(table), table.place()));
                        table.end();
                    }
                }
                roles.put(role, dependencies);
            }
        }
        return roles;
    }
}
