package tenon.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code manifest.json} beside scripts: what each of them needs of its host. Immutable.
 *
 * <p>It is an array of objects. Of each, {@code id} is the script's path without its ending, {@code family} the group that
 * it belongs to, {@code config} an object of features that are on or off, {@code run} a command line that validates it with
 * features behind {@code -f} and {@code --features}, {@code superseded} says that another suite holds its present state, and
 * {@code nyi} that it is ahead of what hosts have.
 *
 * @param folder where it lies
 * @param entries by id
 */
record Manifest(Path folder, Map<String, Entry> entries) {
    static final String FILE = "manifest.json";

    /** What a manifest says of a script; {@code on} and {@code off} are features by their words, {@code onlyValidates} if nothing is to be run, {@code ahead} if it is of a state that hosts do not have yet. */
    record Entry(
            String family, Set<String> on, Set<String> off, boolean superseded, boolean onlyValidates, boolean ahead) {}

    /** The manifest in the nearest folder above a script that has one. */
    static Optional<Manifest> above(Path script) throws IOException {
        for (Path folder = script.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(FILE);
            if (Files.isRegularFile(file)) {
                return Optional.of(read(folder, file));
            }
        }
        return Optional.empty();
    }

    private static Manifest read(Path folder, Path file) throws IOException {
        var entries = new HashMap<String, Entry>();
        if (JsonReader.read(file.toString(), Files.readString(file)) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> members && members.get("id") instanceof String id) {
                    entries.put(id, entry(members));
                }
            }
        }
        return new Manifest(folder, Map.copyOf(entries));
    }

    private static Entry entry(Map<?, ?> members) {
        var on = new HashSet<String>();
        var off = new HashSet<String>();
        if (members.get("config") instanceof Map<?, ?> config) {
            config.forEach((word, value) -> (Boolean.FALSE.equals(value) ? off : on).add(String.valueOf(word)));
        }
        boolean onlyValidates = members.get("run") instanceof String;
        if (members.get("run") instanceof String command) {
            ScriptHeader.readCommand(command, on, off);
        }
        String family = members.get("family") instanceof String name ? name : "";
        return new Entry(
                family,
                Set.copyOf(on),
                Set.copyOf(off),
                members.containsKey("superseded"),
                onlyValidates,
                Boolean.TRUE.equals(members.get("nyi")));
    }

    /** What it says of a script below its folder, if it knows it. */
    Optional<Entry> of(Path script) {
        String path = folder.relativize(script.toAbsolutePath()).toString().replace('\\', '/');
        String id = path.replaceFirst("\\.wast$", "");
        return Optional.ofNullable(entries.get(id));
    }
}
