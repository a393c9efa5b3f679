package tenon.core;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tenon.types.core.Limits;
import tenon.types.core.RefType;
import tenon.types.core.TableType;

/**
 * A table: WebAssembly 3.0, "Table Instances". Confined to its store.
 *
 * <p>Functions that come from element segments of the instance that made the table lie in it without an instance of their
 * own, shared by all instances of the linkage; one that leaves the table gets its instance then.
 */
public final class CoreTable implements CoreExtern {
    /** Elements of a table at most, whatever its type says. */
    static final int MOST_ELEMENTS = 10_000_000;

    private final TableType type;
    private final OptionalLong declaredMax;
    private final int mostElements;
    private final ResourceLimits resources;
    private final @Nullable CoreInstance owner;
    private @Nullable Object[] elements;
    /** Whether something was written since {@link #image}. */
    private boolean dirty;

    /** {@code type} has identities instead of type indices. */
    CoreTable(TableType type, @Nullable Object init, ResourceLimits resources, @Nullable CoreInstance owner) {
        long min = type.limits().min();
        if (min > MOST_ELEMENTS || min < 0 || !resources.takeTable(min)) {
            throw new Trap(
                    resources.refused() ? TrapKind.OUT_OF_MEMORY : TrapKind.HOST,
                    "a table of " + Long.toUnsignedString(min) + " elements is beyond the limit");
        }
        this.type = type;
        this.declaredMax = type.limits().max();
        long most = declaredMax.orElse(MOST_ELEMENTS);
        this.mostElements = most < 0 ? MOST_ELEMENTS : (int) Math.min(MOST_ELEMENTS, most);
        this.resources = resources;
        this.owner = owner;
        this.elements = new Object[(int) min];
        if (init != null) {
            Arrays.fill(elements, init);
        }
    }

    /** A table of the host's, of nulls. */
    public static CoreTable of(TableType type) {
        return new CoreTable(type, null, ResourceLimits.none(), null);
    }

    /** The type, with the present size as minimum. */
    public TableType type() {
        return new TableType(new Limits(type.limits().address(), elements.length, declaredMax), element());
    }

    RefType element() {
        return type.element();
    }

    @Nullable CoreInstance owner() {
        return owner;
    }

    /** How many elements there are. */
    public int size() {
        return elements.length;
    }

    /** {@code table.get}; {@code at} is unsigned. */
    public @Nullable Object get(int at) {
        if (at < 0 || at >= elements.length) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
        Object element = elements[at];
        return element instanceof CoreFunction function ? function.in(this) : element;
    }

    /** {@code table.set}. */
    public void set(int at, @Nullable Object value) {
        if (at < 0 || at >= elements.length) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
        dirty = true;
        elements[at] = value;
    }

    /** {@code table.grow}: the size before, or −1. */
    public int grow(int by, @Nullable Object value) {
        int before = elements.length;
        if (by < 0 || by > mostElements - before) {
            return -1;
        }
        StackRoom.require();
        resources.poll();
        if (!resources.takeTable(by)) {
            return -1;
        }
        try {
            @Nullable Object[] grown = resources.budget().allocate(() -> Arrays.copyOf(elements, before + by));
            Arrays.fill(grown, before, before + by, value);
            dirty = true;
            elements = grown;
        } catch (OutOfMemoryError _) {
            resources.giveBackTable(by);
            return -1;
        }
        return before;
    }

    private void check(int at, int length) {
        if (Integer.toUnsignedLong(at) + Integer.toUnsignedLong(length) > elements.length) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
    }

    /** {@code table.fill}. */
    public void fill(int at, @Nullable Object value, int length) {
        check(at, length);
        resources.poll(length);
        dirty = true;
        Arrays.fill(elements, at, at + length, value);
    }

    /** {@code table.copy}, from this or another table. */
    public void copy(int to, CoreTable source, int from, int length) {
        source.check(from, length);
        check(to, length);
        resources.poll(length);
        dirty = true;
        if (source.owner == owner) {
            System.arraycopy(source.elements, from, elements, to, length);
        } else {
            for (int i = 0; i < length; i++) {
                elements[to + i] = source.get(from + i);
            }
        }
    }

    /** {@code table.init}; functions without an instance only where the table's owner is theirs. */
    void init(int to, @Nullable Object[] segment, int from, int length) {
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > segment.length) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
        check(to, length);
        resources.poll(length);
        dirty = true;
        System.arraycopy(segment, from, elements, to, length);
    }

    /** For compiled code: the function that an indirect call calls, checked. {@code at} is unsigned. */
    public CoreFunction callee(int at, Signature expected) {
        @Nullable Object[] now = elements;
        if (at < 0 || at >= now.length) {
            throw new Trap(TrapKind.UNDEFINED_ELEMENT);
        }
        CoreFunction found = (CoreFunction) now[at];
        if (found == null) {
            StackRoom.requireMuch();
            throw new Trap(
                    TrapKind.UNINITIALIZED_ELEMENT,
                    TrapKind.UNINITIALIZED_ELEMENT.text() + " " + Integer.toUnsignedString(at));
        }
        if (found.signature() != expected && !found.signature().matches(expected)) {
            throw new Trap(TrapKind.TYPE_MISMATCH);
        }
        return found;
    }

    /** For compiled code: as {@link #callee}, with its instance. */
    public CoreFunction tailCallee(int at, Signature expected) {
        return callee(at, expected).in(this);
    }

    /** What to come back to: the elements now. */
    @Nullable Object[] image() {
        dirty = false;
        return elements.clone();
    }

    void reset(@Nullable Object[] image) {
        if (dirty) {
            resources.giveBackTable(elements.length - image.length);
            elements = image.clone();
            dirty = false;
        }
    }
}
