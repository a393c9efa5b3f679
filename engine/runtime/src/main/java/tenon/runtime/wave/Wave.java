package tenon.runtime.wave;

import tenon.runtime.value.Value;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.component.ValueType;

/** Values as WAVE text, and back. Resources, streams, futures, maps and error contexts have no text form. */
public final class Wave {
    private Wave() {}

    /**
     * Reads one value.
     *
     * @param origin what the text is called in errors: a file or an option of the command
     * @throws MalformedException if the text does not follow the grammar
     * @throws InvalidException if it is not a value of {@code type}
     */
    public static Value parse(String text, ValueType type, String origin) {
        var source = new WaveSource(text, origin);
        return new WaveTyping(source).value(new WaveParser(source).readWhole(), type);
    }

    /** The canonical text of a value: one line, labels escaped where they would read as keywords, fields that are none left out. */
    public static String print(Value value) {
        var out = new StringBuilder();
        new WavePrinter(out).print(value);
        return out.toString();
    }
}
