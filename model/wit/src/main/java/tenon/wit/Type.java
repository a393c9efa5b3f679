package tenon.wit;

import tenon.types.component.PrimitiveType;

/** What a field, a parameter or a result is of: WIT.md, "Types". */
public sealed interface Type permits Type.Primitive, TypeId {

    /** A type that is written as one word. */
    record Primitive(PrimitiveType type) implements Type {
        @Override
        public String toString() {
            return type.toString();
        }
    }
}
