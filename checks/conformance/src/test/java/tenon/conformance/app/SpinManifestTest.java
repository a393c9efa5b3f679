package tenon.conformance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.Manifest;
import tenon.app.manifest.ManifestReader;
import tenon.app.manifest.Trigger;
import tenon.types.Place;

/**
 * The suite {@code spin-manifest}: what Spin accepts is accepted, what it refuses is refused at the same place. Wording is ours.
 *
 * <p>A manifest with another form beside it ({@code .v2}, {@code .norm}, {@code .cured}) must mean what the other form means, and
 * one with a locked application must have its triggers and components.
 */
@Tag("suite")
class SpinManifestTest {
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    /** Where Spin's message has no position: that of what it names. */
    private static final Map<String, Set<String>> PLACES = Map.of(
            "manifest/invalid/bad_version", Set.of("1:25"),
            "loader/invalid-version", Set.of("1:16"),
            "loader/invalid-digest", Set.of("9:10"),
            "loader/invalid-url-in-allowed-http-hosts", Set.of("10:3", "11:3"),
            "loader/invalid-variable-default-in-allowed-hosts", Set.of("14:27"),
            "doctor/not_ok", Set.of("2:25"));

    /**
     * Files that Spin's parser accepts and Spin's loader refuses, with what the loader wants: text to replace. As they are, they
     * must be refused.
     */
    private static final Map<String, Map<String, String>> MENDED = Map.of(
            // both ways to inherit, which exclude each other
            "manifest/maximal.toml", Map.of("dependencies_inherit_configuration = true\n", ""),
            // HTTP triggers without a route
            "manifest/normalization.toml", Map.of("[[trigger.http]]", "[[trigger.http]]\nroute.private = true"),
            "manifest/normalization.toml.norm", Map.of("[[trigger.http]]", "[[trigger.http]]\nroute.private = true"));

    @TestFactory
    Stream<DynamicTest> manifestsAreReadOrRefused() {
        return Cases.of("conformance/spin-manifest", (folder, entry) -> {
            var id = (String) entry.get("id");
            boolean failsAtRuntime = id.startsWith("runtime-tests/");
            boolean error = ((Map<?, ?>) entry.get("counts")).containsKey("error") && !failsAtRuntime;
            // Spin's doctor finds an error in it
            boolean refused = error || id.equals("doctor/not_ok");
            return Stream.of(DynamicTest.dynamicTest(id, () -> {
                if (refused) {
                    refuses(folder, id);
                } else {
                    accepts(folder, id);
                }
            }));
        });
    }

    private static Path file(Path folder, String id) {
        Path file = folder.resolve(id + ".toml");
        return Files.exists(file) ? file : folder.resolve(id).resolve("spin.toml");
    }

    private static void refuses(Path folder, String id) {
        var refusal = assertThrows(ManifestException.class, () -> ManifestReader.read(file(folder, id)));
        var found = new TreeSet<String>();
        refusal.problems().forEach(problem -> {
            var at = assertInstanceOf(Place.TextPosition.class, problem.place());
            found.add(at.line() + ":" + at.column());
        });
        Set<String> expected = PLACES.get(id);
        if (expected == null) {
            Matcher place = PLACE.matcher(Cases.text(folder.resolve(id + ".err")));
            expected = place.find() ? Set.of(place.group(1) + ":" + place.group(2)) : Set.of();
        }
        // Spin tells one problem, we tell all
        var missing = new TreeSet<>(expected);
        missing.removeAll(found);
        assertEquals(Set.of(), missing, refusal.getMessage());
        assertEquals(false, expected.isEmpty());
    }

    private static void accepts(Path folder, String id) {
        Path file = file(folder, id);
        Manifest manifest = read(folder, file);
        for (String form : List.of("toml.v2", "toml.norm", "cured")) {
            Path other = folder.resolve(id + "." + form);
            if (Files.exists(other)) {
                assertEquals(Shape.of(read(folder, other)), Shape.of(manifest), form);
            }
        }
        String name = file.toString();
        Path lock = Path.of(name.substring(0, name.length() - "toml".length()) + "lock");
        if (Files.exists(lock)) {
            compare((Map<?, ?>) Cases.json(lock), manifest);
        }
        Path parsed = folder.resolve(id + ".json");
        if (Files.exists(parsed)) {
            compareParsed((Map<?, ?>) Cases.json(parsed), manifest);
        }
    }

    /** With the placeholders of the suite filled in, and mended where that is said above. */
    private static Manifest read(Path folder, Path file) {
        String text =
                Cases.text(file).replaceAll("%\\{source=([^}]*)}", "$1.wasm").replaceAll("%\\{port=([0-9]+)}", "$1");
        Map<String, String> mending =
                MENDED.getOrDefault(folder.relativize(file).toString().replace('\\', '/'), Map.of());
        if (!mending.isEmpty()) {
            assertThrows(ManifestException.class, () -> ManifestReader.read(file));
        }
        for (Map.Entry<String, String> change : mending.entrySet()) {
            text = text.replace(change.getKey(), change.getValue());
        }
        return ManifestReader.read(text, file.toString(), folder);
    }

    /** With Spin's locked application; where middleware splits a component, the parts have names that the manifest does not. */
    private static void compare(Map<?, ?> lock, Manifest manifest) {
        var metadata = (Map<?, ?>) lock.get("metadata");
        assertEquals(metadata.get("name"), manifest.application().name());
        assertEquals(metadata.get("version"), manifest.application().version());
        Map<String, String> types = new TreeMap<>();
        for (Trigger trigger : manifest.triggers()) {
            types.put(trigger.id(), trigger.type());
        }
        Map<String, Object> lockedTypes = new TreeMap<>();
        for (Object item : Cases.list(lock.get("triggers"))) {
            var trigger = (Map<?, ?>) item;
            lockedTypes.put((String) trigger.get("id"), trigger.get("trigger_type"));
        }
        assertEquals(lockedTypes, types);
        Set<String> ids = new TreeSet<>();
        for (Object item : Cases.list(lock.get("components"))) {
            var locked = (Map<?, ?>) item;
            var id = (String) locked.get("id");
            ComponentSpec component = manifest.components().get(id);
            if (component != null) {
                ids.add(id);
                compareComponent(locked, component);
            }
        }
        assertEquals(manifest.components().keySet(), ids);
    }

    private static void compareComponent(Map<?, ?> locked, ComponentSpec component) {
        var metadata = (Map<?, ?>) locked.get("metadata");
        Object hosts = metadata == null ? null : metadata.get("allowed_outbound_hosts");
        assertEquals(
                hosts == null ? List.of() : hosts,
                component.allowedOutboundHosts().stream().map(Placed::value).toList());
        assertEquals(locked.get("env") == null ? Map.of() : locked.get("env"), component.environment());
    }

    /** With what Spin's parser made of it. */
    private static void compareParsed(Map<?, ?> parsed, Manifest manifest) {
        var application = (Map<?, ?>) parsed.get("application");
        assertEquals(application.get("name"), manifest.application().name());
        assertEquals(
                keys(application.get("trigger")),
                manifest.application().triggerSettings().keySet());
        assertEquals(
                keys(application.get("tool")), manifest.application().tools().keySet());
        assertEquals(keys(parsed.get("variables")), manifest.variables().keySet());
        Map<String, Object> declared = new LinkedHashMap<>();
        manifest.components().forEach((id, component) -> {
            if (keys(parsed.get("component")).contains(id)) {
                declared.put(id, component);
            }
        });
        assertEquals(keys(parsed.get("component")), declared.keySet());
        int triggers = 0;
        for (Object list : parsed.get("trigger") instanceof Map<?, ?> types ? types.values() : List.of()) {
            triggers += Cases.list(list).size();
        }
        assertEquals(triggers, manifest.triggers().size());
        if (parsed.get("component") instanceof Map<?, ?> components) {
            components.forEach((id, fields) ->
                    compareFields((Map<?, ?>) fields, manifest.components().get((String) id)));
        }
    }

    private static void compareFields(Map<?, ?> fields, ComponentSpec component) {
        assertEquals(
                fields.get("allowed_outbound_hosts") == null ? List.of() : fields.get("allowed_outbound_hosts"),
                component.allowedOutboundHosts().stream().map(Placed::value).toList());
        assertEquals(fields.get("environment") == null ? Map.of() : fields.get("environment"), component.environment());
        Set<String> dependencies = new TreeSet<>();
        component.dependencies().keySet().forEach(name -> dependencies.add(name.toString()));
        assertEquals(keys(fields.get("dependencies")), dependencies);
        assertEquals(fields.get("build") != null, component.build() != null);
        assertEquals(keys(fields.get("tool")), component.tools().keySet());
    }

    private static Set<String> keys(Object table) {
        var keys = new TreeSet<String>();
        if (table instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> keys.add((String) key));
        }
        return keys;
    }
}
