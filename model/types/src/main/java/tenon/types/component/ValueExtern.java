package tenon.types.component;

/** An imported or exported value. */
public record ValueExtern(ValueType type) implements ExternType {
    @Override
    public String toString() {
        return "value " + type;
    }
}
