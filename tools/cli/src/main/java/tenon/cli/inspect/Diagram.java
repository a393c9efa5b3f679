package tenon.cli.inspect;

import java.util.List;

/**
 * Boxes and arrows: what gives what to whom. Immutable.
 *
 * @param title what is drawn
 * @param boxes those that give stand in front of those that they give to
 */
public record Diagram(String title, List<Box> boxes, List<Arrow> arrows) {
    public Diagram {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /** What a box stands for. */
    public enum Kind {
        IMPORTS,
        COMPONENT,
        MODULE,
        EXPORTS
    }

    /**
     * A box; its number is its place in the list.
     *
     * @param detail a size, or what else is worth a line below the title; empty if nothing is
     * @param rows what is in it
     */
    public record Box(Kind kind, String title, String detail, List<String> rows) {
        public Box {
            rows = List.copyOf(rows);
        }
    }

    /** From the number of a box to that of another; {@code names} is what goes this way. */
    public record Arrow(int from, int to, List<String> names) {
        /** Characters. */
        private static final int ROOM = 36;

        public Arrow {
            names = List.copyOf(names);
        }

        /** As many names as one line has room for, and how many more there are. */
        String label() {
            var shown = new StringBuilder();
            for (int i = 0; i < names.size(); i++) {
                if (i > 0 && shown.length() + names.get(i).length() > ROOM) {
                    return shown + " and " + (names.size() - i) + " more";
                }
                shown.append(i == 0 ? "" : ", ").append(names.get(i));
            }
            return shown.toString();
        }
    }
}
