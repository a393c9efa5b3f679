package tenon.cli.inspect;

import java.util.List;
import java.util.Locale;

/** A diagram as an SVG picture: imports at the left, what is inside in a frame, exports at the right. Confined to one thread. */
public final class SvgPicture {
    private final Diagram diagram;
    private final Placement placement;
    private final StringBuilder out = new StringBuilder();

    private SvgPicture(Diagram diagram) {
        this.diagram = diagram;
        this.placement = Placement.of(diagram, new TextSize());
    }

    /** The picture as XML. */
    public static String of(Diagram diagram) {
        return new SvgPicture(diagram).draw();
    }

    private String draw() {
        double width =
                Math.max(placement.width(), 48 + TextSize.cut(diagram.title()).length() * 10.0);
        add("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" \
                font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
                <defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
                <path d="M0,0.5 L8,4 L0,7.5 z" fill="#5b6673"/></marker></defs>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                """, width, placement.height(), width, placement.height());
        text(24, 30, 16, "600", "#1d2733", diagram.title());
        frame();
        for (int i = 0; i < diagram.arrows().size(); i++) {
            arrow(diagram.arrows().get(i), placement.ways().get(i).points());
        }
        for (int i = 0; i < diagram.boxes().size(); i++) {
            box(diagram.boxes().get(i), placement.areas().get(i));
        }
        return out.append("</svg>\n").toString();
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    /** Around all that is inside. */
    private void frame() {
        double left = Double.MAX_VALUE;
        double right = 0;
        for (int i = 0; i < diagram.boxes().size(); i++) {
            Diagram.Kind kind = diagram.boxes().get(i).kind();
            if (kind == Diagram.Kind.COMPONENT || kind == Diagram.Kind.MODULE) {
                left = Math.min(left, placement.areas().get(i).x());
                right = Math.max(right, placement.areas().get(i).right());
            }
        }
        if (right > 0) {
            add(
                    "<rect x=\"%.1f\" y=\"46\" width=\"%.1f\" height=\"%.1f\" rx=\"10\" fill=\"#f6f8fa\" stroke=\"#c4ccd6\"/>%n",
                    left - 24, right - left + 48, placement.height() - 64);
        }
    }

    private void arrow(Diagram.Arrow arrow, List<Placement.Point> points) {
        var path = new StringBuilder();
        Placement.Point first = points.getFirst();
        path.append(String.format(Locale.ROOT, "M%.1f,%.1f", first.x(), first.y()));
        for (int i = 1; i < points.size(); i++) {
            Placement.Point from = points.get(i - 1);
            Placement.Point to = points.get(i);
            double middle = (from.x() + to.x()) / 2;
            path.append(
                    from.y() == to.y()
                            ? String.format(Locale.ROOT, " L%.1f,%.1f", to.x(), to.y())
                            : String.format(
                                    Locale.ROOT,
                                    " C%.1f,%.1f %.1f,%.1f %.1f,%.1f",
                                    middle,
                                    from.y(),
                                    middle,
                                    to.y(),
                                    to.x(),
                                    to.y()));
        }
        add("<g><title>%s</title>", escaped(String.join(", ", arrow.names())));
        add("<path d=\"%s\" fill=\"none\" stroke=\"#8a95a3\" stroke-width=\"1.3\" marker-end=\"url(#tip)\"/>", path);
        if (!arrow.names().isEmpty()) {
            text(first.x() + 5, first.y() - 3, TextSize.SMALL, "400", "#46525f", arrow.label());
        }
        out.append("</g>\n");
    }

    private void box(Diagram.Box box, Placement.Area area) {
        String fill = switch (box.kind()) {
            case IMPORTS -> "#e3effc";
            case COMPONENT -> "#e2f4e5";
            case MODULE -> "#fdf5dc";
            case EXPORTS -> "#fde9dc";
        };
        String line = switch (box.kind()) {
            case IMPORTS -> "#6f9fd2";
            case COMPONENT -> "#69ad76";
            case MODULE -> "#c9a94d";
            case EXPORTS -> "#d58f60";
        };
        add("<g><title>%s</title>", escaped(box.title()));
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"6\" fill=\"%s\" stroke=\"%s\"/>",
                area.x(), area.y(), area.width(), area.height(), fill, line);
        double x = area.x() + TextSize.PADDING;
        double y = area.y() + TextSize.PADDING + TextSize.TITLE - 2;
        text(x, y, TextSize.TITLE, "600", "#1d2733", box.title());
        if (!box.detail().isEmpty()) {
            y += TextSize.LINE;
            text(x, y, TextSize.SMALL, "400", "#5b6673", box.detail());
        }
        for (String row : box.rows()) {
            y += TextSize.LINE;
            text(x, y, TextSize.SMALL, "400", "#1d2733", row);
        }
        out.append("</g>\n");
    }

    private void text(double x, double y, int size, String weight, String colour, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" font-weight=\"%s\" fill=\"%s\">%s</text>%n",
                x, y, size, weight, colour, escaped(TextSize.cut(text)));
    }

    /** As XML allows it: names are chosen by whoever made the component. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default ->
                    escaped.appendCodePoint(
                            c < ' ' || c >= 0xd800 && c < 0xe000 || (c & 0xfffe) == 0xfffe ? 0xfffd : c);
            }
        });
        return escaped.toString();
    }
}
