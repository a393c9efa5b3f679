package tenon.text.core;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections in the order of the binary: WebAssembly 3.0, "Modules" of chapter "Binary Format". */
public enum SectionKind {
    TYPE(1, "type"),
    IMPORT(2, "import"),
    FUNCTION(3, "func"),
    TABLE(4, "table"),
    MEMORY(5, "memory"),
    TAG(13, "tag"),
    GLOBAL(6, "global"),
    EXPORT(7, "export"),
    START(8, "start"),
    ELEMENT(9, "elem"),
    DATA_COUNT(12, "datacount"),
    CODE(10, "code"),
    DATA(11, "data");

    /** By the word of an annotation. */
    static final Map<String, SectionKind> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(kind -> kind.word, Function.identity()));

    private final int id;
    private final String word;

    SectionKind(int id, String word) {
        this.id = id;
        this.word = word;
    }

    int id() {
        return id;
    }
}
