package tenon.component;

import java.util.List;

/** A core instance: Binary.md, {@code core:instance}; adds an entry to {@link Sort#CORE_INSTANCE}. */
public sealed interface CoreInstance extends Definition {

    /** A module instantiated; {@code module} is an index of {@link Sort#CORE_MODULE}. */
    record Instantiate(int module, List<Argument> arguments, long offset) implements CoreInstance {
        public Instantiate {
            arguments = List.copyOf(arguments);
        }
    }

    /** The exports of core instance {@code instance} meet the imports whose first name is {@code name}. */
    record Argument(String name, int instance) {}

    /** Entries of core index spaces tied up. */
    record FromExports(List<InlineExport> exports, long offset) implements CoreInstance {
        public FromExports {
            exports = List.copyOf(exports);
        }
    }

    /** An entry under a name. */
    record InlineExport(String name, SortIndex item) {}
}
