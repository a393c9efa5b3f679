package tenon.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Small modules, section by section, with sizes worked out. */
final class ModuleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ModuleBytes() {
        out.writeBytes(HexFormat.of().parseHex("0061736d01000000"));
    }

    /** A section of fewer than 128 bytes, given in hexadecimal digits with spaces anywhere. */
    ModuleBytes section(int id, String hex) {
        byte[] content = hex(hex);
        out.write(id);
        out.write(content.length);
        out.writeBytes(content);
        return this;
    }

    ModuleBytes custom(String name, String hex) {
        var text = HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
        return section(0, "%02x".formatted(text.length() / 2) + text + hex);
    }

    /** One function of type {@code type} (index 0) without locals, whose body is {@code body} with its end. */
    static byte[] function(String type, String body) {
        String code = "00" + body.replace(" ", "");
        return new ModuleBytes()
                .section(1, "01" + type)
                .section(3, "01 00")
                .section(10, "01" + "%02x".formatted(code.length() / 2) + code)
                .bytes();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
