package tenon.component.resolve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tenon.component.Sort;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.TableType;
import tenon.types.core.TypeIdentity;

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
    record Func(FuncType type, TypeIdentity identity) implements CoreItem {

        /** A function whose type refers to no others. */
        Func(FuncType type) {
            this(type, TypeIdentity.of(type));
        }
    }

    /** A table; {@code types} are those of the module that defines it. */
    record Table(TableType type, List<TypeIdentity> types) implements CoreItem {}

    record Memory(MemoryType type) implements CoreItem {}

    /** A global; {@code types} are those of the module that defines it. */
    record Global(GlobalType type, List<TypeIdentity> types) implements CoreItem {}

    /** An exception tag with the types that it carries. */
    record Tag(FuncType type, TypeIdentity identity) implements CoreItem {}

    /** The exports of a core instance. */
    record Exports(SequencedMap<String, CoreItem> items) {
        public Exports {
            items = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(items));
        }
    }
}
