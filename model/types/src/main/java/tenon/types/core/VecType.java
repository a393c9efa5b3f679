package tenon.types.core;

/** A vector type. */
public enum VecType implements ValType {
    V128;

    @Override
    public String text() {
        return "v128";
    }
}
