package tenon.app.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.types.Place;

/**
 * What is different in a variant of a component, {@code [component.ID.profile.NAME]}. Immutable.
 *
 * @param source in place of the component's; null to leave it
 * @param environment added
 * @param dependencies added
 * @param buildCommands in place of the component's; empty to leave them
 */
public record Profile(
        @Nullable ComponentSource source,
        Map<String, String> environment,
        Map<ImportName, Dependency> dependencies,
        List<String> buildCommands,
        Place place) {
    public Profile {
        environment = Manifest.inOrder(environment);
        dependencies = Manifest.inOrder(dependencies);
        buildCommands = List.copyOf(buildCommands);
    }
}
