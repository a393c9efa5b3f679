package tenon.text.script;

import tenon.types.core.NumType;

/** How a vector is cut into lanes. */
public enum VectorShape {
    I8X16("i8x16", NumType.I32, 8),
    I16X8("i16x8", NumType.I32, 16),
    I32X4("i32x4", NumType.I32, 32),
    I64X2("i64x2", NumType.I64, 64),
    F32X4("f32x4", NumType.F32, 32),
    F64X2("f64x2", NumType.F64, 64);

    private final String text;
    private final NumType type;
    private final int laneBits;

    VectorShape(String text, NumType type, int laneBits) {
        this.text = text;
        this.type = type;
        this.laneBits = laneBits;
    }

    /** The word of the text format. */
    public String text() {
        return text;
    }

    /** The type of a lane on its own. */
    public NumType type() {
        return type;
    }

    /** The width of a lane in bits. */
    public int laneBits() {
        return laneBits;
    }

    /** How many lanes there are. */
    public int lanes() {
        return 128 / laneBits;
    }
}
