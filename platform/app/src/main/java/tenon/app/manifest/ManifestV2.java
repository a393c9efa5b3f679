package tenon.app.manifest;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.template.Variable;
import tenon.app.toml.TomlValue.TomlTable;

/** Reads version 2 of the format. Confined to one manifest. */
final class ManifestV2 {
    private final Section top;
    private final String file;
    private final Path folder;
    private final Problems warnings = new Problems();

    ManifestV2(Section top, String file, Path folder) {
        this.top = top;
        this.file = file;
        this.folder = folder;
    }

    Manifest read() {
        Application application = application();
        Map<String, Variable> variables = VariableReader.read(top, "variables");
        Map<String, ComponentSpec> components = new LinkedHashMap<>();
        top.sections("component").forEach((id, section) -> {
            checkId(id, section);
            components.put(id, new ComponentReader(section, warnings).read(id));
        });
        List<Trigger> triggers = new TriggersReader(top, components, warnings).read();
        top.end();
        var manifest = new Manifest(file, folder, 2, application, variables, triggers, components, warnings.all());
        References.check(manifest, top.problems());
        return manifest;
    }

    private static void checkId(String id, Section section) {
        String fault = Identifier.kebabFault(id);
        if (fault != null) {
            section.problems().add(section.place(), "`" + id + "` is not the id of a component, " + fault);
        }
    }

    private Application application() {
        Section section = top.section("application");
        if (section == null) {
            top.required("application", "a table `[application]`");
            return new Application("", "", "", List.of(), List.of(), Map.of(), Map.of(), top.place());
        }
        String name = section.text("name", "the application's name");
        String version = section.textOr("version", "");
        String description = section.textOr("description", "");
        List<String> authors =
                section.texts("authors").stream().map(Placed::value).toList();
        List<Target> targets = TargetReader.read(section, "targets");
        Map<String, TomlTable> settings = tables(section, "trigger");
        Map<String, TomlTable> tools = tables(section, "tool");
        section.end();
        return new Application(name, version, description, authors, targets, settings, tools, section.place());
    }

    /** Tables whose keys are nobody's business here. */
    static Map<String, TomlTable> tables(Section section, String key) {
        Map<String, TomlTable> tables = new LinkedHashMap<>();
        section.sections(key).forEach((name, inner) -> tables.put(name, inner.rest()));
        return tables;
    }
}
