package tenon.conformance.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tenon.cli.Main;

/**
 * A command line of a suite: commands between which output flows; {@code %} stands for the case's file, and {@code %tmpdir} for a folder
 * that the runs of a case share.
 *
 * @param name tells the runs of a case from each other; empty if there is only one
 */
record CommandRun(String command, boolean fails, String name) {

    /** What a run came to: the output of its last command, what all have said, and how the first that failed ended. */
    record Outcome(int code, String out, String err) {
        private static final Pattern UNKNOWN =
                Pattern.compile("^error: (option|command) `[^`]*` does not exist", Pattern.MULTILINE);

        /** Whether a command or an option of it does not exist, so that nothing was tried. */
        boolean isUnknown() {
            return UNKNOWN.matcher(err).find();
        }
    }

    Outcome run(Path file, Path temporary) {
        byte[] flow = new byte[0];
        var said = new StringBuilder();
        boolean first = true;
        for (String each : command.split("\\|")) {
            List<String> words = Arrays.stream(each.strip().split("\\s+"))
                    .map(word -> word.equals("%") ? file.toString() : word.replace("%tmpdir", temporary.toString()))
                    .toList();
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            int code = Main.run(
                    new ByteArrayInputStream(flow),
                    print(out),
                    print(err),
                    Translation.of(words, first).toArray(String[]::new));
            said.append(err.toString(StandardCharsets.UTF_8));
            if (code != 0) {
                return new Outcome(code, "", said.toString());
            }
            flow = out.toByteArray();
            first = false;
        }
        return new Outcome(0, new String(flow, StandardCharsets.UTF_8), said.toString());
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** What the suite's tool is told, as {@code tenon} is told the same. */
    private static final class Translation {
        private Translation() {}

        static List<String> of(List<String> words, boolean first) {
            var ours = new ArrayList<String>();
            List<String> rest = words;
            if (words.subList(0, Math.min(2, words.size())).equals(List.of("component", "wit"))) {
                // what is about WIT is one command
                ours.add("wit");
                rest = words.subList(2, words.size());
            }
            ours.addAll(rest);
            if (!first) {
                ours.add("-");
            }
            return List.copyOf(ours);
        }
    }
}
