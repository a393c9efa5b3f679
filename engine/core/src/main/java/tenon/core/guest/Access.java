package tenon.core.guest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What loads and stores of compiled code reach memories with. Beyond the memory's end the array's own check throws. */
public final class Access {
    public static final VarHandle SHORT = view(short[].class);
    public static final VarHandle CHAR = view(char[].class);
    public static final VarHandle INT = view(int[].class);
    public static final VarHandle LONG = view(long[].class);

    private Access() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** An unsigned number in 32 bits; the highest number for those that do not fit. */
    public static int narrow(long number) {
        return number >>> Integer.SIZE == 0 ? (int) number : -1;
    }

    /** Ends the guest because of an address of 2 GiB or more. */
    public static void beyond() {
        throw new IndexOutOfBoundsException("the address is 2 GiB or more");
    }
}
