package tenon.types.core;

/** A reference type: what is referred to, and whether null is a value of it. */
public record RefType(boolean nullable, HeapType heap) implements ValType {
    public static final RefType FUNCREF = new RefType(true, HeapType.Abstract.FUNC);
    public static final RefType EXTERNREF = new RefType(true, HeapType.Abstract.EXTERN);

    @Override
    public String text() {
        if (nullable && heap instanceof HeapType.Abstract abs) {
            return abs.nullableShorthand();
        }
        return "(ref " + (nullable ? "null " : "") + heap.text() + ")";
    }
}
