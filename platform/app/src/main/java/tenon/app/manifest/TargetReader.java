package tenon.app.manifest;

import java.util.ArrayList;
import java.util.List;
import tenon.app.Placed;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlString;

/** Reads the environments that components must be fit for. */
final class TargetReader {
    private TargetReader() {}

    static List<Target> read(Section section, String key) {
        List<Target> targets = new ArrayList<>();
        for (Placed<TomlValue> item : section.items(key)) {
            if (item.value() instanceof TomlString name) {
                targets.add(new Target.Catalogued(name.value(), item.place()));
                continue;
            }
            Section table = section.section(item.value(), item.place(), section.path(key));
            if (table != null) {
                targets.add(target(table));
            }
        }
        return targets;
    }

    private static Target target(Section table) {
        String url = table.optionalText("url");
        String path = table.optionalText("path");
        table.end();
        if ((url == null) == (path == null)) {
            table.problems().add(table.place(), "`" + table.path() + "` expected exactly one of `url` and `path`");
        }
        return url != null
                ? new Target.Fetched(url, table.place())
                : new Target.Described(path == null ? "" : path, table.place());
    }
}
