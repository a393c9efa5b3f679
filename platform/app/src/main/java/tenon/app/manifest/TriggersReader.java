package tenon.app.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlArray;
import tenon.app.toml.TomlValue.TomlString;

/**
 * Reads the triggers of version 2, gives an id to those that have none, and puts components that they hold inline among the
 * others. Confined to one manifest.
 */
final class TriggersReader {
    private final Section top;
    private final Map<String, ComponentSpec> components;
    private final Problems problems;
    private final Problems warnings;
    private final Set<String> ids = new HashSet<>();

    /** Adds to {@code components}. */
    TriggersReader(Section top, Map<String, ComponentSpec> components, Problems warnings) {
        this.top = top;
        this.components = components;
        this.problems = top.problems();
        this.warnings = warnings;
    }

    /** A trigger whose id and whose components have yet to be found. */
    private record Draft(String type, Section section, String id) {
        Draft withId(String given) {
            return new Draft(type, section, given);
        }
    }

    List<Trigger> read() {
        if (!top.has("trigger")) {
            top.required("trigger", "at least one `[[trigger.http]]`");
        }
        List<Draft> drafts = new ArrayList<>();
        Section types = top.section("trigger");
        if (types != null) {
            types.table().entries().forEach((type, _) -> {
                for (Placed<TomlValue> item : types.items(type)) {
                    Section section = types.section(item.value(), item.place(), types.path(type));
                    if (section != null) {
                        drafts.add(draft(type, section));
                    }
                }
            });
        }
        nameTriggers(drafts);
        return drafts.stream().map(this::trigger).toList();
    }

    private Draft draft(String type, Section section) {
        String id = section.textOr("id", "");
        if (!id.isEmpty() && !ids.add(id)) {
            problems.add(section.placeOf("id"), "trigger `" + id + "` is there already, expected another id");
        }
        return new Draft(type, section, id);
    }

    private void nameTriggers(List<Draft> drafts) {
        Map<String, Integer> counters = new LinkedHashMap<>();
        drafts.replaceAll(draft -> draft.id.isEmpty() ? draft.withId(newId(draft, counters)) : draft);
    }

    private String newId(Draft draft, Map<String, Integer> counters) {
        if (draft.section.table().get("component") instanceof TomlString component) {
            String id = component.value() + "-" + draft.type + "-trigger";
            if (ids.add(id)) {
                return id;
            }
        }
        while (true) {
            String id = draft.type + "-trigger" + counters.merge(draft.type, 1, Integer::sum);
            if (ids.add(id)) {
                return id;
            }
        }
    }

    private Trigger trigger(Draft draft) {
        Section section = draft.section;
        TomlValue component = section.optional("component");
        List<TomlValue> inline = new ArrayList<>();
        if (component != null) {
            inline.add(component);
        }
        Map<String, List<TomlValue>> roles = new LinkedHashMap<>();
        section.entries("components").forEach((role, entry) -> {
            List<TomlValue> values = entry.value() instanceof TomlArray array ? array.values() : List.of(entry.value());
            roles.put(role, values);
            inline.addAll(values);
        });
        var naming = new InlineNames(draft.id, inline.size() > 1);
        ComponentReference main = component == null ? null : reference(component, section.path("component"), naming);
        Map<String, List<ComponentReference>> references = new LinkedHashMap<>();
        roles.forEach((role, values) -> references.put(
                role,
                values.stream()
                        .map(value -> reference(value, section.path("components") + "." + role, naming))
                        .toList()));
        Map<String, List<TriggerDependency>> dependencies = new DependencyReader(section).readForTrigger();
        if (draft.type.equals(HttpTrigger.TYPE)) {
            return new HttpTriggerReader(section).read(draft.id, main, references, dependencies);
        }
        return new OtherTrigger(draft.id, draft.type, main, references, dependencies, section.rest(), section.place());
    }

    /** Names for the components that a trigger holds inline. */
    private final class InlineNames {
        private final String trigger;
        private final boolean several;
        private int counter;

        InlineNames(String trigger, boolean several) {
            this.trigger = trigger;
            this.several = several;
        }

        String next() {
            String natural = trigger + "-component";
            if (!several && Identifier.kebabFault(natural) == null && !components.containsKey(natural)) {
                return natural;
            }
            String id;
            do {
                counter++;
                id = "inline-component" + counter;
            } while (components.containsKey(id));
            return id;
        }
    }

    private ComponentReference reference(TomlValue value, String path, InlineNames naming) {
        if (value instanceof TomlString id) {
            String fault = Identifier.kebabFault(id.value());
            if (fault != null) {
                problems.add(id.place(), "`" + id.value() + "` is not the id of a component, " + fault);
            }
            return new ComponentReference(id.value(), id.place());
        }
        String id = naming.next();
        Section section = inlineSection(value, path);
        if (section != null) {
            components.put(id, new ComponentReader(section, warnings).read(id));
        }
        return new ComponentReference(id, value.place());
    }

    private @Nullable Section inlineSection(TomlValue value, String path) {
        return top.section(value, value.place(), path);
    }
}
