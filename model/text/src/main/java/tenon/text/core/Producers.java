package tenon.text.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** {@code (@producers (language "name" "version")*)}: the section {@code producers} as tools write it in texts. */
final class Producers {
    private static final List<String> FIELDS = List.of("language", "sdk", "processed-by");

    private Producers() {}

    /** The section's content: fields in the order of the text. */
    static byte[] read(Cursor at) {
        Map<String, Section> fields = new LinkedHashMap<>();
        while (at.at(Token.OPEN)) {
            String field = at.openKeyword();
            if (!FIELDS.contains(field)) {
                at.skip();
                throw at.unexpected("`language`, `sdk` or `processed-by`");
            }
            at.takeOpen(field);
            Section values = fields.computeIfAbsent(field, _ -> new Section());
            values.next().writeName(at.expectName()).writeName(at.expectName());
            at.expectClose();
        }
        if (!at.at(Token.END)) {
            throw at.unexpected("a field of the section `producers`");
        }
        var out = new BinaryWriter().writeU32(fields.size());
        fields.forEach((field, values) -> out.writeName(field).write(values.content()));
        return out.toByteArray();
    }
}
