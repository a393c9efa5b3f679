package tenon.component;

/** An entry of an index space: {@code sortidx} of Binary.md. */
public record SortIndex(Sort sort, int index) {
    @Override
    public String toString() {
        return sort + " " + index;
    }
}
