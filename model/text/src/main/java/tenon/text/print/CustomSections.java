package tenon.text.print;

import tenon.wasm.BinaryReader;
import tenon.wasm.Module;

/** Custom sections as annotations at their places; the name section lives on in identifiers. */
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
    private static final int PREAMBLE = 8;

    private CustomSections() {}

    static void print(Module module, StringBuilder out) {
        var binary = module.binary();
        var in = new BinaryReader(binary);
        in.skip(PREAMBLE);
        String placement = "(before first)";
        while (!in.atEnd()) {
            int id = in.u8();
            int size = in.length();
            if (id == 0) {
                custom(in.part(size), binary.bytes(), placement, out);
            } else {
                in.skip(size);
                placement = "(after " + WORDS[id] + ")";
            }
        }
    }

    private static void custom(BinaryReader in, byte[] bytes, String placement, StringBuilder out) {
        String name = in.name();
        if (!name.equals("name")) {
            out.append("  (@custom ")
                    .append(Quoted.name(name))
                    .append(' ')
                    .append(placement)
                    .append(' ');
            out.append(Quoted.bytes(bytes, in.position(), in.end())).append(")\n");
        }
    }
}
