package tenon.app.manifest;

import java.util.List;
import java.util.Map;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

/**
 * The table {@code [application]}; of version 1, the outermost keys. Immutable.
 *
 * @param version as it is written; empty if it is not
 * @param targets the environments that the components must be fit for
 * @param triggerSettings settings for all triggers of a type, {@code [application.trigger.redis]}, by type
 * @param tools settings for tools, {@code [application.tool.lint]}, which a host does not look at
 */
public record Application(
        String name,
        String version,
        String description,
        List<String> authors,
        List<Target> targets,
        Map<String, TomlTable> triggerSettings,
        Map<String, TomlTable> tools,
        Place place) {

    public Application {
        authors = List.copyOf(authors);
        targets = List.copyOf(targets);
        triggerSettings = Manifest.inOrder(triggerSettings);
        tools = Manifest.inOrder(tools);
    }
}
