package tenon.types.core;

/** What a reference refers to: WebAssembly 3.0, "Heap Types". */
public sealed interface HeapType {

    String text();

    /** A heap type without a definition. */
    enum Abstract implements HeapType {
        FUNC("func", "funcref"),
        NOFUNC("nofunc", "nullfuncref"),
        EXTERN("extern", "externref"),
        NOEXTERN("noextern", "nullexternref"),
        ANY("any", "anyref"),
        EQ("eq", "eqref"),
        I31("i31", "i31ref"),
        STRUCT("struct", "structref"),
        ARRAY("array", "arrayref"),
        NONE("none", "nullref"),
        EXN("exn", "exnref"),
        NOEXN("noexn", "nullexnref");

        private final String text;
        private final String shorthand;

        Abstract(String text, String shorthand) {
            this.text = text;
            this.shorthand = shorthand;
        }

        @Override
        public String text() {
            return text;
        }

        /** The one word for a nullable reference to it, as {@code funcref}. */
        public String nullableShorthand() {
            return shorthand;
        }
    }

    /** A defined type, by its index in the module's type index space. */
    record Defined(int index) implements HeapType {
        @Override
        public String text() {
            return Integer.toString(index);
        }
    }
}
