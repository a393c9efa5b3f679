package tenon.script;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the comments at the beginning of a script say of it, for scripts of which no manifest does: {@code ;;! gc = true}, one
 * line for each feature, as wasmtime's scripts have it, or the command line that validates it, {@code ;; RUN: wast -f gc,cm-gc},
 * over several lines that end in a backslash, as those of wasm-tools have it. Stateless.
 */
final class ScriptHeader {
    private static final Pattern SETTING = Pattern.compile("^;;!\\s*([\\w-]+)\\s*=\\s*(true|false)\\s*(?:#.*)?$");
    private static final Pattern RUN = Pattern.compile("^;;\\s*RUN(?:\\[[^]]*])?:\\s*(.*)$");
    private static final Pattern FEATURES = Pattern.compile("(?:^|\\s)(?:-f|--features)[\\s=]*([-\\w,]+)");

    private ScriptHeader() {}

    /** What the header of this script says. */
    static Manifest.Entry of(String script) {
        var on = new HashSet<String>();
        var off = new HashSet<String>();
        boolean onlyValidates = false;
        List<String> lines = script.lines()
                .takeWhile(line -> line.isBlank() || line.startsWith(";;"))
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher setting = SETTING.matcher(lines.get(i));
            if (setting.matches()) {
                (setting.group(2).equals("true") ? on : off).add(setting.group(1));
            }
            Matcher run = RUN.matcher(lines.get(i));
            if (run.matches()) {
                onlyValidates = true;
                readCommand(command(lines.subList(i, lines.size())), on, off);
            }
        }
        return new Manifest.Entry("", Set.copyOf(on), Set.copyOf(off), false, onlyValidates, false);
    }

    /** The lines of a command, up to the first that does not end in a backslash. */
    private static String command(List<String> lines) {
        int last = 0;
        while (last + 1 < lines.size() && lines.get(last).stripTrailing().endsWith("\\")) {
            last++;
        }
        return lines.subList(0, last + 1).stream()
                .map(line -> line.replaceFirst("^;;", " ").replaceFirst("\\\\\\s*$", " "))
                .collect(Collectors.joining());
    }

    /** Adds what a command line switches on and, with a {@code -} in front, off. */
    static void readCommand(String command, Set<String> on, Set<String> off) {
        Matcher matcher = FEATURES.matcher(command);
        while (matcher.find()) {
            for (String word : matcher.group(1).split(",")) {
                (word.startsWith("-") ? off : on).add(word.replaceFirst("^-", ""));
            }
        }
    }
}
