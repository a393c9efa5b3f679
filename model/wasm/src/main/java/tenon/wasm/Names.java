package tenon.wasm;

import java.util.Map;
import java.util.Optional;

/**
 * The name section: for people only; what is malformed in it is left out. Fields of structures have none here.
 *
 * @param items the names of each index space, by index
 * @param locals the names of each function's locals, by index
 * @param labels the names of each function's labels, by the number of their blocks in the order of the binary
 */
public record Names(
        Optional<String> module,
        Map<Space, Map<Integer, String>> items,
        Map<Integer, Map<Integer, String>> locals,
        Map<Integer, Map<Integer, String>> labels) {

    /** An index space whose entries have names: appendix "Name Section", and the subsections that tools have agreed on. */
    public enum Space {
        FUNCTION(1),
        TYPE(4),
        TABLE(5),
        MEMORY(6),
        GLOBAL(7),
        ELEMENT(8),
        DATA(9),
        TAG(11);

        private final int subsection;

        Space(int subsection) {
            this.subsection = subsection;
        }

        /** The id of the subsection that has its names. */
        public int subsection() {
            return subsection;
        }
    }

    private static final int MOST_SHOWN = 200;
    private static final char REPLACEMENT = '\ufffd';

    public static final Names NONE = new Names(Optional.empty(), Map.of(), Map.of(), Map.of());

    public Names {
        items = Map.copyOf(items);
        locals = Map.copyOf(locals);
        labels = Map.copyOf(labels);
    }

    /** The names of one index space, by index. */
    public Map<Integer, String> of(Space space) {
        return items.getOrDefault(space, Map.of());
    }

    /** The names of functions, by index. */
    public Map<Integer, String> functions() {
        return of(Space.FUNCTION);
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
