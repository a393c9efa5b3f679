package tenon.core.guest;

import org.jspecify.annotations.Nullable;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;
import tenon.core.CoreMemory;
import tenon.core.CoreTable;
import tenon.core.Trap;
import tenon.core.TrapKind;

/** Instructions on whole memories, tables and segments, with their operands in the order of the operand stack. */
public final class Bulk {
    private Bulk() {}

    public static void memoryFill(int at, int value, int length, CoreMemory memory) {
        memory.fill(Integer.toUnsignedLong(at), (byte) value, Integer.toUnsignedLong(length));
    }

    public static void memoryFill(long at, int value, long length, CoreMemory memory) {
        memory.fill(at, (byte) value, length);
    }

    public static void memoryCopy(int to, int from, int length, CoreMemory target, CoreMemory source) {
        target.copy(Integer.toUnsignedLong(to), source, Integer.toUnsignedLong(from), Integer.toUnsignedLong(length));
    }

    public static void memoryCopy(long to, int from, int length, CoreMemory target, CoreMemory source) {
        target.copy(to, source, Integer.toUnsignedLong(from), Integer.toUnsignedLong(length));
    }

    public static void memoryCopy(int to, long from, int length, CoreMemory target, CoreMemory source) {
        target.copy(Integer.toUnsignedLong(to), source, from, Integer.toUnsignedLong(length));
    }

    public static void memoryCopy(long to, long from, long length, CoreMemory target, CoreMemory source) {
        target.copy(to, source, from, length);
    }

    public static void memoryInit(int to, int from, int length, CoreMemory memory, CoreInstance instance, int segment) {
        instance.memoryInit(memory, segment, Integer.toUnsignedLong(to), from, length);
    }

    public static void memoryInit(
            long to, int from, int length, CoreMemory memory, CoreInstance instance, int segment) {
        instance.memoryInit(memory, segment, to, from, length);
    }

    public static int memoryGrow(int by, CoreMemory memory) {
        return (int) memory.grow(Integer.toUnsignedLong(by));
    }

    public static long memoryGrow(long by, CoreMemory memory) {
        return memory.grow(by);
    }

    public static void dataDrop(CoreInstance instance, int segment) {
        instance.dataDrop(segment);
    }

    public static @Nullable Object tableGet(int at, CoreTable table) {
        return table.get(at);
    }

    public static void tableSet(int at, @Nullable Object value, CoreTable table) {
        table.set(at, value);
    }

    public static int tableSize(CoreTable table) {
        return table.size();
    }

    public static int tableGrow(@Nullable Object value, int by, CoreTable table) {
        return table.grow(by, value);
    }

    public static void tableFill(int at, @Nullable Object value, int length, CoreTable table) {
        table.fill(at, value, length);
    }

    public static void tableCopy(int to, int from, int length, CoreTable target, CoreTable source) {
        target.copy(to, source, from, length);
    }

    public static void tableInit(int to, int from, int length, CoreTable table, CoreInstance instance, int segment) {
        instance.tableInit(table, segment, to, from, length);
    }

    public static void elemDrop(CoreInstance instance, int segment) {
        instance.elemDrop(segment);
    }

    /** The function that a reference refers to. */
    public static CoreFunction callee(@Nullable Object reference) {
        if (reference == null) {
            throw new Trap(TrapKind.NULL_FUNCTION_REFERENCE);
        }
        return (CoreFunction) reference;
    }
}
