package tenon.text;

import tenon.component.Component;
import tenon.text.component.ComponentReader;
import tenon.text.core.ModuleReader;
import tenon.text.lex.Cursor;
import tenon.text.lex.Lexer;
import tenon.text.lex.Source;
import tenon.text.print.ComponentPrinter;
import tenon.text.print.ModulePrinter;
import tenon.wasm.Module;

/**
 * WebAssembly text to binary, and back: WebAssembly 3.0, chapter "Text Format". Identifiers become a name section. Text may nest as deep
 * as memory allows. Thread-safe.
 */
public final class Wat {
    private Wat() {}

    /**
     * The binary of a text, which is {@code (module …)}, the fields of one, or {@code (component …)}; it is not validated.
     *
     * @param file how errors call the text
     * @param utf8 the text's bytes
     * @throws tenon.types.MalformedException for text that is neither; its place is a line and a column
     */
    public static byte[] parse(String file, byte[] utf8) {
        return parse(Source.decode(file, utf8));
    }

    /** As {@link #parse(String, byte[])}, from characters. */
    public static byte[] parse(String file, String text) {
        return parse(new Source(file, text));
    }

    private static byte[] parse(Source source) {
        var cursor = new Cursor(Lexer.tokens(source), 0);
        return cursor.atOpen("component") ? ComponentReader.wholeText(cursor) : ModuleReader.wholeText(cursor);
    }

    /**
     * The text of a decoded module, valid or not: one instruction a line, nothing folded, names from the name section. Read
     * again it gives the same sections, as far as these are written in the shortest way.
     *
     * @throws tenon.types.UnsupportedException if the text would not fit in memory
     */
    public static String print(Module module) {
        return ModulePrinter.print(module);
    }

    /**
     * The text of a decoded component, valid or not: its definitions in their order, core modules and nested components in place, names
     * from the name sections. Read again it gives the same definitions.
     *
     * @throws tenon.types.UnsupportedException if the text would not fit in memory
     */
    public static String print(Component component) {
        return ComponentPrinter.print(component);
    }
}
