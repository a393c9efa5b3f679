package tenon.types;

/** Where an error is. Immutable. */
public sealed interface Place {

    /** How the place reads in front of a message, and what may follow the message on lines of its own. */
    String describe();

    /** A fact with its place, for a person. */
    default String mark(String fact) {
        return switch (this) {
            case Nowhere _ -> fact;
            case ByteOffset offset -> fact + " (" + offset.describe() + ")";
            case TextPosition text -> text.describe() + ": " + fact + System.lineSeparator() + text.caret();
            case ManifestKey key -> key.describe() + ": " + fact;
        };
    }

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

        /** Characters of a line that are shown on either side of the column. */
        private static final int MARGIN = 100;

        /**
         * The source line with a caret under the column; tabs are kept so that the caret stands where it should. Of a very
         * long line only the part around the column.
         */
        public String caret() {
            int at = Math.min(column - 1, source.length());
            int start = Math.max(0, at - MARGIN);
            int end = Math.min(source.length(), at + MARGIN);
            var pad = new StringBuilder(start > 0 ? " " : "");
            for (int i = start; i < at; i++) {
                pad.append(source.charAt(i) == '\t' ? '\t' : ' ');
            }
            String shown = (start > 0 ? "…" : "") + source.substring(start, end) + (end < source.length() ? "…" : "");
            return shown + System.lineSeparator() + pad + "^";
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
