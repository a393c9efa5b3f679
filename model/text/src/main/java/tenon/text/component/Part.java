package tenon.text.component;

/** The kinds of definition that share sections: Binary.md, "Component Definitions", and declarations of types. */
enum Part {
    CORE_INSTANCE(2, -1),
    CORE_TYPE(3, 0x00),
    INSTANCE(5, -1),
    ALIAS(6, 0x02),
    TYPE(7, 0x01),
    CANON(8, -1),
    IMPORT(10, 0x03),
    EXPORT(11, 0x04),
    VALUE(12, -1);

    private final int section;
    private final int declaration;

    Part(int section, int declaration) {
        this.section = section;
        this.declaration = declaration;
    }

    /** The section's id. */
    int section() {
        return section;
    }

    /** The code in front of a declaration of a scope that is a type. */
    int declaration(Scope.Kind kind) {
        if (kind == Scope.Kind.MODULE_TYPE) {
            return switch (this) {
                case IMPORT -> 0x00;
                case CORE_TYPE -> 0x01;
                case ALIAS -> 0x02;
                case EXPORT -> 0x03;
                case CORE_INSTANCE, INSTANCE, TYPE, CANON, VALUE -> throw new AssertionError("no declaration: " + this);
            };
        }
        assert declaration >= 0 : this;
        return declaration;
    }
}
