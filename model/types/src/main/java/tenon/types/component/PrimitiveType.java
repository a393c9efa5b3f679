package tenon.types.component;

import java.util.List;
import java.util.Locale;

/** The {@code primvaltype} of Binary.md. */
public enum PrimitiveType implements ValueType {
    BOOL,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    CHAR,
    STRING,
    ERROR_CONTEXT;

    @Override
    public List<ValueType> parts() {
        return List.of();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
