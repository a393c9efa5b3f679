package tenon.text.core;

import java.util.List;
import tenon.text.lex.Annotation;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/**
 * {@code (@metadata.code.branch_hint "…")}: proposal "branch hinting".
 *
 * @param offset of the instruction, in bytes from the start of the function's body
 * @param value 0 for unlikely, 1 for likely
 */
record BranchHint(int offset, int value) {
    static final String PREFIX = "@metadata.code.branch_hint annotation: ";

    /** The value in an annotation. */
    static int value(Annotation annotation) {
        var at = new Cursor(annotation.content(), 0);
        byte[] content = at.at(Token.STRING) ? at.expectString() : new byte[0];
        if (content.length != 1 || content[0] < 0 || content[0] > 1 || !at.at(Token.END)) {
            throw annotation
                    .content()
                    .source()
                    .malformed(annotation.offset(), PREFIX + "malformed value, expected \"\\00\" or \"\\01\"");
        }
        return content[0];
    }

    /** The hints of one function. */
    static void write(BinaryWriter out, int function, List<BranchHint> hints) {
        out.writeU32(function).writeU32(hints.size());
        hints.forEach(hint -> out.writeU32(hint.offset).writeU32(1).writeByte(hint.value));
    }
}
