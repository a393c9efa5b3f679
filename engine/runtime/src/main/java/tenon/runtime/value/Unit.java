package tenon.runtime.value;

/** The only value of an absent side of a {@code result}. Immutable. */
public enum Unit {
    UNIT
}
