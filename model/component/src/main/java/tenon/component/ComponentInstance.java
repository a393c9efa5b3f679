package tenon.component;

import java.util.List;

/** An instance: Binary.md, {@code instance}; adds an entry to {@link Sort#INSTANCE}. */
public sealed interface ComponentInstance extends Definition {

    /** A component instantiated; {@code component} is an index of {@link Sort#COMPONENT}. */
    record Instantiate(int component, List<Argument> arguments, long offset) implements ComponentInstance {
        public Instantiate {
            arguments = List.copyOf(arguments);
        }
    }

    /** The entry that meets the import called {@code name}. */
    record Argument(String name, SortIndex item) {}

    /** Entries of index spaces tied up. */
    record FromExports(List<InlineExport> exports, long offset) implements ComponentInstance {
        public FromExports {
            exports = List.copyOf(exports);
        }
    }

    /** An entry under a name. */
    record InlineExport(ExternalName name, SortIndex item) {}
}
