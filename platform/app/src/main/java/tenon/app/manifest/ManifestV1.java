package tenon.app.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.template.Variable;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlTable;

/**
 * Reads version 1 of the format, and makes the records of version 2: one trigger for each component, of the application's one
 * type. Confined to one manifest.
 */
final class ManifestV1 {
    private final Section top;
    private final String file;
    private final Path folder;
    private final Problems problems;
    private final Problems warnings = new Problems();

    ManifestV1(Section top, String file, Path folder) {
        this.top = top;
        this.file = file;
        this.folder = folder;
        this.problems = top.problems();
    }

    Manifest read() {
        top.optional("spin_version");
        top.optional("spin_manifest_version");
        String type = "";
        Map<String, TomlTable> settings = new LinkedHashMap<>();
        TomlValue value = top.required("trigger", "a table like `trigger = { type = \"http\" }`");
        Section trigger = value == null ? null : top.section("trigger");
        if (trigger != null) {
            type = trigger.text("type", "the type of the triggers, like `http`");
            settings.put(type, trigger.rest());
        }
        var application = new Application(
                top.text("name", "the application's name"),
                top.textOr("version", ""),
                top.textOr("description", ""),
                top.texts("authors").stream().map(Placed::value).toList(),
                List.of(),
                settings,
                Map.of(),
                top.place());
        Map<String, Variable> variables = VariableReader.read(top, "variables");
        Map<String, ComponentSpec> components = new LinkedHashMap<>();
        List<Trigger> triggers = new ArrayList<>();
        for (Placed<TomlValue> item : top.items("component")) {
            Section section = top.section(item.value(), item.place(), "component");
            if (section != null) {
                component(section, type, components, triggers);
            }
        }
        top.end();
        var manifest = new Manifest(file, folder, 1, application, variables, triggers, components, warnings.all());
        References.check(manifest, problems);
        return manifest;
    }

    private void component(
            Section section, String type, Map<String, ComponentSpec> components, List<Trigger> triggers) {
        String id = id(section);
        TomlValue value = section.required("trigger", "a table like `[component.trigger]`");
        Section trigger = value == null ? null : section.section("trigger");
        ComponentSpec spec = new ComponentReader(section, warnings).readV1(id);
        if (components.put(id, spec) != null) {
            problems.add(section.placeOf("id"), "component `" + id + "` is there already, expected another id");
        }
        if (trigger == null) {
            return;
        }
        var reference = new ComponentReference(id, section.placeOf("id"));
        String triggerId = "trigger-" + id;
        triggers.add(
                type.equals(HttpTrigger.TYPE)
                        ? new HttpTriggerReader(trigger).read(triggerId, reference, Map.of(), Map.of())
                        : new OtherTrigger(
                                triggerId, type, reference, Map.of(), Map.of(), trigger.rest(), trigger.place()));
    }

    /** Version 1 did not ask for kebab case: what can be turned into it is. */
    private String id(Section section) {
        String written = section.text("id", "the component's id");
        String id = Identifier.kebabFault(written) == null
                ? written
                : written.replace('_', '-').toLowerCase(Locale.ROOT);
        String fault = Identifier.kebabFault(id);
        if (fault != null && !written.isEmpty()) {
            problems.add(section.placeOf("id"), "`" + written + "` is not the id of a component, " + fault);
        }
        return id;
    }
}
