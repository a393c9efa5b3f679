package tenon.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.text.script.Directive;
import tenon.text.script.WastScript;
import tenon.types.MalformedException;
import tenon.types.Place;

/**
 * A script in a file, with what the {@code manifest.json} beside it or its own header says. Immutable.
 *
 * @param path of the {@code .wast} file
 */
public record ScriptFile(Path path) {

    /** The script of a file, or those in a folder and all folders below it, in the order of their paths. */
    public static List<ScriptFile> in(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(new ScriptFile(path));
        }
        var found = new ArrayList<ScriptFile>();
        try (Stream<Path> files = Files.walk(path)) {
            files.filter(file -> file.toString().endsWith(".wast"))
                    .sorted()
                    .forEach(file -> found.add(new ScriptFile(file)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    /** As {@link #run(Duration)}, with {@link ScriptRunner#TIME_LIMIT}. */
    public ScriptResult run() throws IOException {
        return run(false, ScriptRunner.TIME_LIMIT);
    }

    /**
     * The same with memories of 2 GiB and more, if wanted, also where the manifest does not ask for them.
     *
     * @param limit how long it may take; what is left then has failed
     */
    public ScriptResult run(boolean largeMemories, Duration limit) throws IOException {
        Manifest.Entry entry = entry();
        Requirements needs = Requirements.of(entry).withLargeMemories(largeMemories);
        if (entry.superseded()) {
            return skip("superseded by another suite");
        }
        return needs.lacking().isEmpty()
                ? run(needs, limit)
                : skip("needs what is not supported: " + String.join(", ", needs.lacking()));
    }

    /** Whether another suite holds its present state. */
    public boolean superseded() throws IOException {
        return entry().superseded();
    }

    /** Runs it even where it needs features that Tenon does not have. */
    public ScriptResult attempt() throws IOException {
        return run(Requirements.of(entry()), ScriptRunner.TIME_LIMIT);
    }

    /** The group that the manifest puts it in, or an empty text. */
    public String family() throws IOException {
        return entry().family();
    }

    private Manifest.Entry entry() throws IOException {
        Optional<Manifest.Entry> known = Manifest.above(path).flatMap(manifest -> manifest.of(path));
        // read as bytes: what is no UTF-8 is for the parser to tell
        return known.isPresent() ? known.get() : ScriptHeader.of(Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    private ScriptResult run(Requirements needs, Duration limit) throws IOException {
        try {
            return ScriptRunner.run(script(), needs, limit);
        } catch (MalformedException error) {
            var place = error.place() instanceof Place.TextPosition text
                    ? text
                    : new Place.TextPosition(path.toString(), 1, 1, "");
            var failure = new ScriptResult.Failure(place, "the script does not parse: " + error.fact());
            return new ScriptResult(path.toString(), 0, List.of(failure), 0, "");
        }
    }

    private ScriptResult skip(String reason) throws IOException {
        int assertions;
        try {
            assertions = Directive.count(script().directives());
        } catch (MalformedException _) {
            // it may be written in what is not supported, and counts as one
            assertions = 1;
        }
        return ScriptResult.skipped(path.toString(), assertions, reason);
    }

    private WastScript script() throws IOException {
        return WastScript.parse(path.toString(), Files.readAllBytes(path));
    }
}
