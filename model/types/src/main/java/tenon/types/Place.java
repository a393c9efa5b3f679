package tenon.types;

/** Where an error is. Immutable. */
public sealed interface Place {

    /** How the place reads in front of a message, and what may follow the message on lines of its own. */
    String describe();

    /** A byte of a binary; {@code offset} counts bytes from the start of the outermost file. */
    record ByteOffset(long offset) implements Place {
        @Override
        public String describe() {
            return "at byte 0x" + Long.toHexString(offset);
        }
    }

    /** A character of a text; {@code line} and {@code column} count from 1, {@code source} is the whole line. */
    record TextPosition(String file, int line, int column, String source) implements Place {
        @Override
        public String describe() {
            return file + ":" + line + ":" + column;
        }

        /** The source line with a caret under the column; tabs are kept so that the caret stands where it should. */
        public String caret() {
            var pad = new StringBuilder();
            for (int i = 0; i < column - 1 && i < source.length(); i++) {
                pad.append(source.charAt(i) == '\t' ? '\t' : ' ');
            }
            return source + System.lineSeparator() + pad + "^";
        }
    }

    /** A key of a manifest, in dotted form: {@code component.hello.source}. */
    record ManifestKey(String file, String key) implements Place {
        @Override
        public String describe() {
            return file + ": " + key;
        }
    }

    /** No place can be given. */
    record Nowhere() implements Place {
        @Override
        public String describe() {
            return "";
        }
    }

    Place NOWHERE = new Nowhere();
}
