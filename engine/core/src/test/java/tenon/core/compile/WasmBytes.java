package tenon.core.compile;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/** Modules written as hexadecimal digits. */
public final class WasmBytes {
    private static final HexFormat HEX = HexFormat.of();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public WasmBytes() {
        out.writeBytes(HEX.parseHex("0061736d01000000"));
    }

    /** Adds a section; digits may be spaced. */
    public WasmBytes section(int id, String digits) {
        byte[] content = hex(digits);
        out.write(id);
        out.writeBytes(leb(content.length));
        out.writeBytes(content);
        return this;
    }

    public Module decode() {
        return ModuleDecoder.decode(out.toByteArray());
    }

    /** A module with one function and one memory of a page. */
    public static Module function(String type, String locals, String instructions) {
        return function(type, "00 01", locals, instructions);
    }

    /** As {@link #function(String, String, String)}, with a memory of these limits. */
    public static Module function(String type, String limits, String locals, String instructions) {
        byte[] body = hex(locals + instructions);
        return new WasmBytes()
                .section(1, "01" + type)
                .section(3, "01 00")
                .section(5, "01" + limits)
                .section(10, "01" + HEX.formatHex(leb(body.length)) + HEX.formatHex(body))
                .decode();
    }

    private static byte[] hex(String digits) {
        return HEX.parseHex(digits.replace(" ", ""));
    }

    private static byte[] leb(int value) {
        var bytes = new ByteArrayOutputStream();
        int rest = value;
        do {
            bytes.write(rest > 0x7f ? rest & 0x7f | 0x80 : rest);
            rest >>>= 7;
        } while (rest != 0);
        return bytes.toByteArray();
    }
}
