package tenon.wit.print;

/** Text whose lines are indented by the braces around them. Confined to one run. */
final class Indented {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean atLineStart = true;

    Indented add(String part) {
        if (atLineStart && !part.isEmpty()) {
            text.repeat(STEP, depth);
            atLineStart = false;
        }
        text.append(part);
        return this;
    }

    /** Ends the line. */
    void line() {
        text.append('\n');
        atLineStart = true;
    }

    /** Adds {@code part} and ends the line. */
    void line(String part) {
        add(part);
        line();
    }

    void open() {
        add(" {");
        line();
        depth++;
    }

    void close() {
        depth--;
        line("}");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
