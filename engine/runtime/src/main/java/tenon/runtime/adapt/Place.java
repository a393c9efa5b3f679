package tenon.runtime.adapt;

/** Where a value lies: in core values, or in memory. */
sealed interface Place {

    /** The next of the core values. */
    record Flat(FlatLocals locals) implements Place {}

    /** Memory at the address in local variable {@code address}, plus {@code offset} bytes. */
    record Memory(int address, int offset) implements Place {
        Memory plus(int bytes) {
            return new Memory(address, offset + bytes);
        }
    }
}
