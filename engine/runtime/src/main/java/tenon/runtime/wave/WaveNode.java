package tenon.runtime.wave;

import java.util.List;
import java.util.Optional;

/** A value as written, its type not known yet; {@code start} is its first code unit in the text. */
sealed interface WaveNode {

    int start();

    /** A case, flag or keyword; {@code escaped} by {@code %}, so that it is no keyword. */
    record Name(String label, boolean escaped, Optional<WaveNode> payload, int start) implements WaveNode {
        boolean isKeyword(String keyword) {
            return !escaped && label.equals(keyword);
        }

        boolean isKeyword() {
            return !escaped && WaveParser.KEYWORDS.contains(label);
        }
    }

    /** A number as written. */
    record Number(String text, int start) implements WaveNode {}

    record Char(int codePoint, int start) implements WaveNode {}

    record Text(String text, int start) implements WaveNode {}

    record Sequence(List<WaveNode> elements, int start) implements WaveNode {}

    record Tuple(List<WaveNode> elements, int start) implements WaveNode {}

    record Fields(List<Field> fields, int start) implements WaveNode {}

    record Field(String label, WaveNode value, int start) {}

    record Flags(List<Flag> flags, int start) implements WaveNode {}

    record Flag(String label, int start) {}

    /** What it is in messages. */
    default String kind() {
        return switch (this) {
            case Name name -> name.payload().isPresent() ? "`" + name.label() + "(…)`" : "`" + name.label() + "`";
            case Number number -> "number `" + number.text() + "`";
            case Char _ -> "char";
            case Text _ -> "string";
            case Sequence _ -> "list";
            case Tuple _ -> "tuple";
            case Fields _ -> "record";
            case Flags flags -> flags.flags().isEmpty() ? "`{}`" : "flags";
        };
    }
}
