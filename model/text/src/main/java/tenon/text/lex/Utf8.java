package tenon.text.lex;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text.
 *
 * @param text as much as is UTF-8
 * @param wellFormed whether that is all
 */
record Utf8(String text, boolean wellFormed) {

    static Utf8 decode(byte[] bytes) {
        var output = CharBuffer.allocate(bytes.length);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var result = decoder.decode(ByteBuffer.wrap(bytes), output, true);
        return new Utf8(output.flip().toString(), !result.isError());
    }
}
