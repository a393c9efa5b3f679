package tenon.cli.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A diagram as a Mermaid flowchart. */
public final class MermaidText {
    private MermaidText() {}

    /** The lines, without line breaks. */
    public static List<String> of(Diagram diagram) {
        var lines = new ArrayList<String>();
        lines.add("flowchart LR");
        boxes(diagram, "  ", true, lines);
        lines.add("  subgraph component [\"" + quoted(diagram.title()) + "\"]");
        boxes(diagram, "    ", false, lines);
        lines.add("  end");
        for (Diagram.Arrow arrow : diagram.arrows()) {
            String label = arrow.names().isEmpty() ? "" : "|\"" + quoted(arrow.label()) + "\"|";
            lines.add("  b" + arrow.from() + " -->" + label + " b" + arrow.to());
        }
        return lines;
    }

    private static void boxes(Diagram diagram, String indent, boolean outside, List<String> lines) {
        for (int i = 0; i < diagram.boxes().size(); i++) {
            Diagram.Box box = diagram.boxes().get(i);
            boolean borders = box.kind() == Diagram.Kind.IMPORTS || box.kind() == Diagram.Kind.EXPORTS;
            if (borders == outside) {
                lines.add(indent + "b" + i + (borders ? "([\"" : "[\"") + text(box) + (borders ? "\"])" : "\"]"));
            }
        }
    }

    private static String text(Diagram.Box box) {
        var text = new StringBuilder("<b>" + quoted(box.title()) + "</b>");
        if (!box.detail().isEmpty()) {
            text.append("<br/>").append(quoted(box.detail()));
        }
        text.append(box.rows().stream().map(row -> "<br/>" + quoted(row)).collect(Collectors.joining()));
        return text.toString();
    }

    /** In the entity codes of Mermaid: names are chosen by whoever made the component. */
    private static String quoted(String text) {
        var quoted = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || " .,:/@_-[]()+$%!?*=".indexOf(c) >= 0;
            quoted.append(plain ? Character.toString(c) : "#" + c + ";");
        });
        return quoted.toString();
    }
}
