package tenon.runtime.table;

import org.jspecify.annotations.Nullable;
import tenon.types.component.ResourceType;

/** A handle to a resource: CanonicalABI.md, "Resource State". Confined to its Store. */
public final class ResourceHandle {
    private static final String SECTION = "Resource State";

    private final ResourceType type;
    private final int rep;
    private final @Nullable Object object;
    private final @Nullable BorrowScope scope;
    private int lends;

    private ResourceHandle(ResourceType type, int rep, @Nullable Object object, @Nullable BorrowScope scope) {
        this.type = type;
        this.rep = rep;
        this.object = object;
        this.scope = scope;
    }

    /**
     * A handle that owns its resource.
     *
     * @param rep the guest's representation; 0 if the host implements the resource
     * @param object the host's object; null if a guest implements the resource
     */
    public static ResourceHandle own(ResourceType type, int rep, @Nullable Object object) {
        return new ResourceHandle(type, rep, object, null);
    }

    /** A handle that is lent for the time of a call; the call counts it. */
    public static ResourceHandle borrow(ResourceType type, int rep, @Nullable Object object, BorrowScope scope) {
        scope.borrows++;
        return new ResourceHandle(type, rep, object, scope);
    }

    /** The handle at an index of {@code table}; traps if there is none, or it is of another type. */
    public static ResourceHandle get(Table table, int index, ResourceType type) {
        if (table.get(index) instanceof ResourceHandle handle && handle.type == type) {
            return handle;
        }
        throw wrongType(table, index, type);
    }

    private static RuntimeException wrongType(Table table, int index, ResourceType type) {
        String found = table.get(index) instanceof ResourceHandle handle
                ? "a different resource `" + handle.type + "`"
                : "no resource";
        return Rule.trap(
                "handle index " + index + " used with the wrong type, expected `" + type + "`, found " + found,
                SECTION);
    }

    /** Takes the handle at an index out of its table; traps as {@link #get} does, and if the handle is lent. */
    public static ResourceHandle remove(Table table, int index, ResourceType type) {
        ResourceHandle handle = get(table, index, type);
        Rule.trapIf(handle.lends != 0, "cannot remove owned resource while borrowed", SECTION);
        table.remove(index);
        return handle;
    }

    /** The resource type. */
    public ResourceType type() {
        return type;
    }

    /** The implementing guest's representation. */
    public int rep() {
        return rep;
    }

    /** The host's object, or null if a guest implements the resource. */
    public @Nullable Object object() {
        return object;
    }

    /** Whether it owns its resource. */
    public boolean owns() {
        return scope == null;
    }

    /** Ends a borrow: its call counts one less. */
    public void endBorrow() {
        assert scope != null;
        scope.borrows--;
    }

    /** Counts one more call to which it is lent. */
    public void lend() {
        lends++;
    }

    /** Counts one less. */
    public void giveBack() {
        assert lends > 0;
        lends--;
    }

    /** What counts the borrowed handles that a call has made in the callee's table: they must be dropped before it returns. */
    public static class BorrowScope {
        private int borrows;

        /** A scope without borrows. */
        public BorrowScope() {}

        /** Handles not yet dropped. */
        public int borrows() {
            return borrows;
        }
    }
}
