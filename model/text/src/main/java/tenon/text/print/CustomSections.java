package tenon.text.print;

import java.util.function.BiPredicate;
import tenon.types.MalformedException;
import tenon.wasm.Binary;
import tenon.wasm.BinaryReader;

/**
 * Custom sections as annotations at their places: {@code @custom} for all, but {@code @producers} and {@code @dylink.0} for those
 * which tools have agreed on, where these can be read and stand where a reader puts them. The name section lives on in identifiers.
 * Confined to one thread.
 */
final class CustomSections {
    private static final String[] WORDS = {
        "",
        "type",
        "import",
        "func",
        "table",
        "memory",
        "global",
        "export",
        "start",
        "elem",
        "code",
        "data",
        "datacount",
        "tag"
    };

    private final Layout out;
    private final Binary binary;
    private final boolean hinted;
    private String placement = "(before first)";

    /** {@code hinted} is whether branch hints are shown at their instructions. */
    CustomSections(Layout out, Binary binary, boolean hinted) {
        this.out = out;
        this.binary = binary;
        this.hinted = hinted;
    }

    /** Another section of the module stands in front of what follows; an empty one leaves nothing in the text. */
    void passed(int id, BinaryReader section) {
        if (id == 8 || id == 12 || section.u32() > 0) {
            placement = "(after " + WORDS[id] + ")";
        }
    }

    /** A custom section of a module. */
    void print(BinaryReader in) {
        String name = in.name();
        if (name.equals("name") || hinted && name.equals(BranchHints.SECTION)) {
            return;
        }
        int start = in.position();
        boolean known = switch (name) {
            case "producers" -> isLast(in) && attempt(start, in.end(), ProducersText::print);
            case "dylink.0" -> placement.equals("(before first)") && attempt(start, in.end(), DylinkText::print);
            default -> false;
        };
        if (!known) {
            custom(name, " " + placement, start, in.end());
        }
    }

    /** A custom section of a component. */
    void print(String name, int start, int end) {
        if (name.equals("component-name")) {
            return;
        }
        boolean known = name.equals("producers") && attempt(start, end, ProducersText::print);
        if (!known) {
            custom(name, "", start, end);
        }
    }

    private void custom(String name, String place, int start, int end) {
        out.entry("@custom " + Quoted.name(name) + place + " " + Quoted.bytes(binary.bytes(), start, end));
    }

    /** Whether only custom sections follow. */
    private boolean isLast(BinaryReader section) {
        var rest = new BinaryReader(binary.bytes(), section.end(), binary.end());
        while (!rest.atEnd()) {
            if (rest.u8() != 0) {
                return false;
            }
            rest.skip(rest.length());
        }
        return true;
    }

    /** Prints a section whose form is known; false, and nothing printed, if it does not have that form. */
    private boolean attempt(int start, int end, BiPredicate<BinaryReader, Layout> form) {
        try {
            if (!form.test(new BinaryReader(binary.bytes(), start, end), new Layout().open(""))) {
                return false;
            }
        } catch (MalformedException _) {
            // custom sections are never wrong: this one is shown as it is
            return false;
        }
        return form.test(new BinaryReader(binary.bytes(), start, end), out.line());
    }
}
