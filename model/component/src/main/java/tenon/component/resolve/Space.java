package tenon.component.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.component.UnknownException;
import tenon.types.InvalidException;

/**
 * One index space: entries in the order of their definitions. Entries whose definitions are wrong are unknown, so that the others keep
 * their indices. Confined to one thread until it is complete.
 */
final class Space<T> {
    private final List<@Nullable T> entries = new ArrayList<>();

    void add(T entry) {
        entries.add(entry);
    }

    /** Fills up with unknown entries. */
    void padTo(int size) {
        while (entries.size() < size) {
            entries.add(null);
        }
    }

    int size() {
        return entries.size();
    }

    /** An entry that is there and known. */
    T get(int index) {
        return Objects.requireNonNull(entries.get(index));
    }

    /** The entry that a definition at {@code offset} means; {@code what} is the word for it in messages. */
    T at(int index, Object what, long offset) {
        if (index < 0 || index >= entries.size()) {
            throw new InvalidException(
                    offset,
                    "unknown " + what + " " + index + ": " + what + " index out of bounds, there are "
                            + entries.size());
        }
        T entry = entries.get(index);
        if (entry == null) {
            throw new UnknownException(offset, what + " " + index);
        }
        return entry;
    }
}
