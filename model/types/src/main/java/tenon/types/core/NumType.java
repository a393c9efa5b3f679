package tenon.types.core;

/** A number type. */
public enum NumType implements ValType {
    I32,
    I64,
    F32,
    F64;

    @Override
    public String text() {
        return switch (this) {
            case I32 -> "i32";
            case I64 -> "i64";
            case F32 -> "f32";
            case F64 -> "f64";
        };
    }
}
