package tenon.component.resolve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tenon.component.Sort;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.TableType;

/** What a core index or the name of a core instance's export stands for. */
public sealed interface CoreItem {

    /** What index space it belongs to. */
    default Sort sort() {
        return switch (this) {
            case Func _ -> Sort.CORE_FUNC;
            case Table _ -> Sort.CORE_TABLE;
            case Memory _ -> Sort.CORE_MEMORY;
            case Global _ -> Sort.CORE_GLOBAL;
            case Tag _ -> Sort.CORE_TAG;
        };
    }

    /** A core function; type indices in {@code type}, if it has any, are those of the module that defines it. */
    record Func(FuncType type) implements CoreItem {}

    record Table(TableType type) implements CoreItem {}

    record Memory(MemoryType type) implements CoreItem {}

    record Global(GlobalType type) implements CoreItem {}

    /** An exception tag with the types that it carries. */
    record Tag(FuncType type) implements CoreItem {}

    /** The exports of a core instance. */
    record Exports(SequencedMap<String, CoreItem> items) {
        public Exports {
            items = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(items));
        }
    }
}
