package tenon.cli.inspect;

/** How much room texts take in a picture, in pixels; a guess, since nobody here knows the font. */
record TextSize() {
    static final int TITLE = 13;
    static final int SMALL = 11;
    static final int PADDING = 10;
    static final int LINE = 15;

    /** Longer texts are cut off. */
    private static final int LONGEST = 48;

    private static final double WIDE = 0.62;

    /** What fits of a text. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static double width(String text, int font) {
        return cut(text).length() * font * WIDE;
    }

    double width(Diagram.Box box) {
        double widest = Math.max(width(box.title(), TITLE) * 1.05, width(box.detail(), SMALL));
        for (String row : box.rows()) {
            widest = Math.max(widest, width(row, SMALL));
        }
        return widest + 2 * PADDING;
    }

    double height(Diagram.Box box) {
        int lines = box.rows().size() + (box.detail().isEmpty() ? 0 : 1);
        return 2.0 * PADDING + TITLE + lines * LINE;
    }

    /** With the room around it; nothing for an arrow without names. */
    double label(Diagram.Arrow arrow) {
        return arrow.names().isEmpty() ? 0 : width(arrow.label(), SMALL) + PADDING;
    }
}
