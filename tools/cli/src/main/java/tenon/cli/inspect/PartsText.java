package tenon.cli.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tenon.wasm.Names;

/** A part and all that is in it as a tree, a line each. */
public final class PartsText {
    /** Custom sections that are smaller than a hundredth of their part say nothing about its size. */
    private static final int SHARE = 100;

    /** Bytes, below which nobody asks. */
    private static final int SMALLEST = 1000;

    private PartsText() {}

    /** The lines, without line breaks. */
    public static List<String> of(Part part) {
        var lines = new ArrayList<String>();
        write(part, "", "", lines);
        return lines;
    }

    private static void write(Part part, String first, String others, List<String> lines) {
        lines.add(first + line(part));
        boolean more = !part.parts().isEmpty();
        String indent = others + (more ? "│  " : "   ");
        if (!part.producers().tools().isEmpty()) {
            lines.add(indent + "made by " + part.producers());
        }
        String customs = part.customs().stream()
                .filter(custom -> custom.bytes() >= SMALLEST && custom.bytes() * SHARE >= part.bytes())
                .map(custom -> "`" + Names.shown(custom.name()) + "` " + Size.of(custom.bytes()))
                .collect(Collectors.joining(", "));
        if (!customs.isEmpty()) {
            lines.add(indent + "with " + customs);
        }
        for (int i = 0; i < part.parts().size(); i++) {
            boolean last = i == part.parts().size() - 1;
            write(part.parts().get(i), others + (last ? "└─ " : "├─ "), others + (last ? "   " : "│  "), lines);
        }
    }

    private static String line(Part part) {
        String name = part.name().map(text -> " `" + Names.shown(text) + "`").orElse("");
        return part.label() + name + ": " + Size.of(part.bytes())
                + (part.kind() == Part.Kind.COMPONENT ? "" : ", " + functions(part));
    }

    /** How many functions a core module has. */
    public static String functions(Part part) {
        return part.functions() + (part.functions() == 1 ? " function" : " functions");
    }
}
