package tenon.wasm;

import java.util.Map;
import java.util.Optional;

/** The name section: for people only; what is malformed in it is left out. */
public record Names(
        Optional<String> module, Map<Integer, String> functions, Map<Integer, Map<Integer, String>> locals) {
    private static final int MOST_SHOWN = 200;
    private static final char REPLACEMENT = '\ufffd';

    public static final Names NONE = new Names(Optional.empty(), Map.of(), Map.of());

    public Names {
        functions = Map.copyOf(functions);
        locals = Map.copyOf(locals);
    }

    /**
     * A name as it can stand in a line of a log or on a terminal: whoever made the module chose it. What is no character to be seen is
     * replaced, and what is longer than {@value #MOST_SHOWN} characters cut off.
     */
    public static String shown(String name) {
        boolean whole = name.length() <= MOST_SHOWN;
        if (whole && name.chars().allMatch(Names::isSeen)) {
            return name;
        }
        var text = new StringBuilder();
        name.chars().limit(MOST_SHOWN).forEach(c -> text.append(isSeen(c) ? (char) c : REPLACEMENT));
        return whole ? text.toString() : text.append('…').toString();
    }

    private static boolean isSeen(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
