package tenon.component;

/**
 * One definition of a component, in the order of the binary: Binary.md, "Component Definitions". Each adds at most one entry to the
 * index space of one {@link Sort}; only {@link Start} may add several.
 */
public sealed interface Definition
        permits CoreModule,
                CoreInstance,
                CoreTypeDefinition,
                NestedComponent,
                ComponentInstance,
                Alias,
                TypeDefinition,
                Canon,
                Start,
                Import,
                Export,
                ValueDefinition {

    /** Where it starts, in bytes from the start of the outermost file. */
    long offset();
}
