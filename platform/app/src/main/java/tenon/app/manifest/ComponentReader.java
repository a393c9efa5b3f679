package tenon.app.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.template.Template;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlArray;
import tenon.app.toml.TomlValue.TomlBoolean;
import tenon.app.toml.TomlValue.TomlString;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

/** Reads the table of a component. Confined to one manifest. */
final class ComponentReader {
    private static final String INHERIT_ALL = "dependencies_inherit_configuration";

    private final Section section;
    private final Problems problems;
    private final Problems warnings;

    ComponentReader(Section section, Problems warnings) {
        this.section = section;
        this.problems = section.problems();
        this.warnings = warnings;
    }

    /** A component of version 2. */
    ComponentSpec read(String id) {
        List<Placed<String>> hosts = new ArrayList<>(section.texts("allowed_outbound_hosts"));
        if (section.has("allowed_http_hosts")) {
            warnings.add(
                    section.keyPlaceOf("allowed_http_hosts"),
                    "`" + section.path("allowed_http_hosts") + "` is the older form of `allowed_outbound_hosts`");
        }
        hosts.addAll(LegacyHosts.translate(section.texts("allowed_http_hosts"), problems));
        List<Target> targets = section.has("targets") ? TargetReader.read(section, "targets") : null;
        Map<String, TomlTable> tools = ManifestV2.tables(section, "tool");
        Map<ImportName, Dependency> dependencies = dependencies();
        Map<String, Profile> profiles = new LinkedHashMap<>();
        section.sections("profile").forEach((name, inner) -> profiles.put(name, profile(inner)));
        return spec(id, "variables", hosts, targets, tools, dependencies, profiles);
    }

    /** A component of version 1; the keys of its trigger have been read. */
    ComponentSpec readV1(String id) {
        List<Placed<String>> hosts = new ArrayList<>(section.texts("allowed_outbound_hosts"));
        if (!section.has("allowed_outbound_hosts")) {
            hosts.addAll(LegacyHosts.databases(section.place()));
        }
        hosts.addAll(LegacyHosts.translate(section.texts("allowed_http_hosts"), problems));
        return spec(id, "config", hosts, null, Map.of(), Map.of(), Map.of());
    }

    private ComponentSpec spec(
            String id,
            String variablesKey,
            List<Placed<String>> hosts,
            @Nullable List<Target> targets,
            Map<String, TomlTable> tools,
            Map<ImportName, Dependency> dependencies,
            Map<String, Profile> profiles) {
        var spec = new ComponentSpec(
                id,
                SourceReader.read(section),
                section.textOr("description", ""),
                variables(variablesKey),
                environment(section),
                files(),
                section.texts("exclude_files"),
                hosts,
                labels("key_value_stores"),
                labels("sqlite_databases"),
                section.texts("ai_models"),
                targets,
                build(),
                tools,
                dependencies,
                profiles,
                section.place());
        section.end();
        return spec;
    }

    private Map<String, Template> variables(String key) {
        Map<String, Template> variables = new LinkedHashMap<>();
        section.textsByKey(key).forEach((name, text) -> {
            String fault = Identifier.lowerSnakeFault(name);
            if (fault != null) {
                problems.add(text.place(), "`" + name + "` is not the name of a variable, " + fault);
            }
            Place place = section.placeOf(key);
            Template template = problems.gather(() -> Template.parse(text.value(), text.place()));
            variables.put(name, template == null ? new Template(List.of(), place) : template);
        });
        return variables;
    }

    private static Map<String, String> environment(Section section) {
        Map<String, String> environment = new LinkedHashMap<>();
        section.textsByKey("environment").forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                section.problems().add(value.place(), "`" + name + "` is not the name of an environment variable");
            }
            environment.put(name, value.value());
        });
        return environment;
    }

    private List<FileMount> files() {
        List<FileMount> files = new ArrayList<>();
        for (Placed<TomlValue> item : section.items("files")) {
            if (item.value() instanceof TomlString glob) {
                files.add(new FileMount.Pattern(glob.value(), item.place()));
                continue;
            }
            Section table = section.section(item.value(), item.place(), section.path("files"));
            if (table != null) {
                String source = table.text("source", "a file or a folder");
                String destination = table.text("destination", "a path of the guest");
                table.end();
                files.add(new FileMount.Placement(source, destination, item.place()));
            }
        }
        return files;
    }

    /** Labels of stores are ids of either kind. */
    private List<Placed<String>> labels(String key) {
        List<Placed<String>> labels = section.texts(key);
        for (Placed<String> label : labels) {
            String fault = Identifier.kebabFault(label.value());
            if (fault != null && Identifier.snakeFault(label.value()) != null) {
                problems.add(label.place(), "`" + label.value() + "` is not a label, " + fault);
            }
        }
        return labels;
    }

    private @Nullable Build build() {
        Section table = section.section("build");
        if (table == null) {
            return null;
        }
        List<String> commands = commands(table);
        String workdir = table.optionalText("workdir");
        List<String> watch = table.texts("watch").stream().map(Placed::value).toList();
        table.end();
        return new Build(commands, workdir, watch, table.place());
    }

    private static List<String> commands(Section table) {
        return switch (table.required("command", "a command, or an array of commands")) {
            case null -> List.of();
            case TomlString command -> List.of(command.value());
            case TomlArray _ ->
                table.texts("command").stream().map(Placed::value).toList();
            case TomlValue other -> {
                table.unexpected(other, table.path("command"), "a command, or an array of commands");
                yield List.of();
            }
        };
    }

    private Map<ImportName, Dependency> dependencies() {
        Map<ImportName, Dependency> dependencies = new DependencyReader(section).read();
        TomlValue all = section.optional(INHERIT_ALL);
        if (all == null) {
            return dependencies;
        }
        boolean each = section.entries("dependencies").values().stream()
                .anyMatch(entry ->
                        entry.value() instanceof TomlTable table && table.get("inherit_configuration") != null);
        if (each) {
            problems.add(
                    section.keyPlaceOf(INHERIT_ALL),
                    "`" + section.path(INHERIT_ALL)
                            + "` stands beside `inherit_configuration` of a dependency, expected one of them");
        }
        if (!(all instanceof TomlBoolean)) {
            section.unexpected(all, section.path(INHERIT_ALL), "`true` or `false`");
        }
        if (all instanceof TomlBoolean truth && truth.value()) {
            dependencies.replaceAll((name, dependency) -> new Dependency(
                    name, dependency.source(), dependency.export(), Inheritance.ALL, dependency.place()));
        }
        return dependencies;
    }

    private static Profile profile(Section table) {
        TomlValue source = table.optional("source");
        Section build = table.section("build");
        List<String> commands = build == null ? List.of() : commands(build);
        if (build != null) {
            build.end();
        }
        var profile = new Profile(
                source == null ? null : SourceReader.read(table, source),
                environment(table),
                new DependencyReader(table).read(),
                commands,
                table.place());
        table.end();
        return profile;
    }
}
