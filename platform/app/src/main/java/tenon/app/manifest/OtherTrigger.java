package tenon.app.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.app.toml.TomlValue.TomlTable;
import tenon.types.Place;

/**
 * A trigger of a type whose rules are not known here, as it stands in the manifest. Immutable.
 *
 * @param component what runs; null if nothing is named
 * @param components further components by role
 * @param dependencies components that go between, by role
 * @param settings all other keys, such as {@code channel} of a Redis trigger
 */
public record OtherTrigger(
        String id,
        String type,
        @Nullable ComponentReference component,
        Map<String, List<ComponentReference>> components,
        Map<String, List<TriggerDependency>> dependencies,
        TomlTable settings,
        Place place)
        implements Trigger {

    public OtherTrigger {
        components = Manifest.inOrder(components);
        dependencies = Manifest.inOrder(dependencies);
    }
}
