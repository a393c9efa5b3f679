package tenon.text.print;

import tenon.wasm.BinaryReader;

/** The custom section {@code dylink.0}: "Dynamic Linking" of the tool conventions. */
final class DylinkText {
    private static final String[] FLAGS = {
        "binding-weak",
        "binding-local",
        "visibility-hidden",
        "",
        "undefined",
        "exported",
        "explicit-name",
        "no-strip",
        "tls",
        "absolute"
    };

    private DylinkText() {}

    /** Prints it, and says whether that tells all that is in it. */
    static boolean print(BinaryReader in, Layout out) {
        out.open("@dylink.0");
        while (!in.atEnd()) {
            int id = in.u8();
            BinaryReader part = in.part(in.length());
            boolean known = switch (id) {
                case 1 -> memory(part, out);
                case 2 -> strings("needed", part, out);
                case 3 -> exports(part, out);
                case 4 -> imports(part, out);
                case 5 -> strings("runtime-path", part, out);
                default -> false;
            };
            if (!known || !part.atEnd()) {
                return false;
            }
        }
        out.close();
        return true;
    }

    private static boolean memory(BinaryReader in, Layout out) {
        out.entry("mem-info" + pair("memory", in.u32(), in.u32()) + pair("table", in.u32(), in.u32()));
        return true;
    }

    private static String pair(String word, int size, int alignment) {
        return size == 0 && alignment == 0
                ? ""
                : " (" + word + " " + Integer.toUnsignedString(size) + " " + Integer.toUnsignedString(alignment) + ")";
    }

    private static boolean strings(String word, BinaryReader in, Layout out) {
        var text = new StringBuilder(word);
        int count = in.length();
        for (int i = 0; i < count; i++) {
            text.append(' ').append(Quoted.name(in.name()));
        }
        out.entry(text.toString());
        return true;
    }

    private static boolean exports(BinaryReader in, Layout out) {
        int count = in.length();
        for (int i = 0; i < count; i++) {
            out.entry("export-info " + Quoted.name(in.name()) + flags(in.u32()));
        }
        return count > 0;
    }

    private static boolean imports(BinaryReader in, Layout out) {
        int count = in.length();
        for (int i = 0; i < count; i++) {
            out.entry("import-info " + Quoted.name(in.name()) + " " + Quoted.name(in.name()) + flags(in.u32()));
        }
        return count > 0;
    }

    private static String flags(int bits) {
        var text = new StringBuilder();
        int rest = bits;
        for (int i = 0; i < FLAGS.length; i++) {
            if (!FLAGS[i].isEmpty() && (bits & 1 << i) != 0) {
                text.append(' ').append(FLAGS[i]);
                rest &= ~(1 << i);
            }
        }
        return rest == 0
                ? text.toString()
                : text.append(" 0x").append(Integer.toHexString(rest)).toString();
    }
}
