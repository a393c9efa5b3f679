package tenon.app.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.types.Place;

/**
 * How a component is built, {@code [component.ID.build]}. Immutable.
 *
 * @param commands for a shell, one after the other
 * @param workdir where they run, seen from the manifest's folder; null for that folder
 * @param watch globs of sources, seen from {@code workdir}
 */
public record Build(List<String> commands, @Nullable String workdir, List<String> watch, Place place) {
    public Build {
        commands = List.copyOf(commands);
        watch = List.copyOf(watch);
    }
}
