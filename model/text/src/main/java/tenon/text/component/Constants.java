package tenon.text.component;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.component.Constant;
import tenon.component.resolve.ConstantTypes;
import tenon.component.write.ConstantEncoder;
import tenon.text.core.CustomSection;
import tenon.text.lex.Cursor;
import tenon.types.TenonException;
import tenon.types.component.ValueType;

/**
 * The constants of one text: Explainer.md, "Value Definitions". How a literal is encoded depends on its type, which may come from
 * anywhere: out of an instance's exports, say. So a text that has literals is read twice: once without them, which tells the types, and
 * then with them. Confined to one thread.
 */
final class Constants {
    private final @Nullable List<Optional<ValueType>> types;
    private int next;
    private boolean incomplete;
    private @Nullable Cursor first;

    private Constants(@Nullable List<Optional<ValueType>> types) {
        this.types = types;
    }

    /** Those of a text that is read for the first time. */
    static Constants unknown() {
        return new Constants(null);
    }

    /** Whether a literal was left out, so that the text has to be read again. */
    boolean incomplete() {
        return incomplete;
    }

    /** The same ones for reading the text again; {@code binary} is what came of it so far. */
    Constants told(byte[] binary) {
        try {
            return new Constants(ConstantTypes.of(binary));
        } catch (TenonException e) {
            assert first != null : "a literal was left out";
            throw first.malformed("the type of this value cannot be told: " + e.fact());
        }
    }

    /** Steps over a constant, and gives its encoding. */
    byte[] read(Cursor at) {
        int index = next++;
        if (at.takeOpen("binary")) {
            byte[] bytes = CustomSection.strings(at);
            at.expectClose();
            return bytes;
        }
        if (types == null) {
            first = incomplete ? first : at.fork();
            incomplete = true;
            leaveOut(at);
            return new byte[0];
        }
        ValueType type = types.get(index)
                .orElseThrow(() -> at.malformed("the type of this value cannot be told: its definition is wrong"));
        Constant constant = new ConstantReader(at).read(type);
        return ConstantEncoder.encode(constant, type);
    }

    private static void leaveOut(Cursor at) {
        switch (at.kind()) {
            case OPEN -> at.skipGroup();
            case KEYWORD, STRING, CHARACTER, INTEGER, FLOAT -> at.skip();
            case CLOSE, IDENTIFIER, RESERVED, END -> throw at.unexpected("a value");
        }
    }
}
