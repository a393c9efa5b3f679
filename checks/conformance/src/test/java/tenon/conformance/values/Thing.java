package tenon.conformance.values;

/** A resource of the host that can tell itself from others, and counts how often it was closed. Confined to its store. */
public final class Thing implements AutoCloseable {
    private final int number;
    private int closed;

    Thing(int number) {
        this.number = number;
    }

    /** What it was made of; it must not be closed. */
    public int number() {
        if (closed > 0) {
            throw new AssertionError("the host's resource " + number + " is used when it is closed");
        }
        return number;
    }

    int closed() {
        return closed;
    }

    @Override
    public void close() {
        closed++;
    }
}
