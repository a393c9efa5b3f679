package tenon.runtime.adapt;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import tenon.core.CoreMemory;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Range;
import tenon.types.component.PointerType;
import tenon.types.core.NumType;

/**
 * Writes what depends on the memory of one side. There are two ways to touch it: a memory of 32 bits in one array by an int, and all
 * others through {@link CoreMemory} by a long. Local variables with addresses are ints or longs as pointers are.
 */
final class MemoryEmitter {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final int cx;
    private final Side side;

    /** For the side whose context is in local variable {@code cx}. */
    MemoryEmitter(Emitter emitter, int cx, Side side) {
        this.emitter = emitter;
        this.code = emitter.code();
        this.cx = cx;
        this.side = side;
    }

    /** The local variable of the side's context. */
    int cx() {
        return cx;
    }

    Side side() {
        return side;
    }

    PointerType pointer() {
        return side.pointer();
    }

    /** A pointer as a core value. */
    NumType flat() {
        return pointer().type();
    }

    /** What local variables with pointers are. */
    TypeKind kind() {
        return Emitter.kind(flat());
    }

    /** A pointer in Java. */
    Class<?> type() {
        return type(pointer());
    }

    /** A pointer in Java. */
    static Class<?> type(PointerType pointer) {
        return pointer == PointerType.I32 ? int.class : long.class;
    }

    /** Pushes an address, as pointers are. */
    void address(Place.Memory memory) {
        code.loadLocal(kind(), memory.address());
        if (memory.offset() != 0) {
            if (pointer() == PointerType.I32) {
                code.loadConstant(memory.offset());
                code.iadd();
            } else {
                code.loadConstant((long) memory.offset());
                code.ladd();
            }
        }
    }

    /** Pushes a pointer in a local variable as an unsigned long. */
    void wide(int local) {
        code.loadLocal(kind(), local);
        widen();
    }

    private void widen() {
        if (pointer() == PointerType.I32) {
            FlatLocals.widen(code);
        }
    }

    /** Turns the long on the stack into a pointer. */
    void narrow() {
        if (pointer() == PointerType.I32) {
            code.l2i();
        }
    }

    /** Adds a number of bytes to an address in a local variable. */
    void advance(int local, int bytes) {
        address(new Place.Memory(local, bytes));
        code.storeLocal(kind(), local);
    }

    /** Adds the int on the stack to an address in a local variable; the sum, in a new one. */
    int end(int start) {
        if (pointer() == PointerType.I32) {
            code.iload(start);
            code.iadd();
        } else {
            code.i2l();
            code.lload(start);
            code.ladd();
        }
        return emitter.store(kind());
    }

    /** Pushes the memory and an address in it, as the methods of {@link Bytes} take them. */
    private void at(Place.Memory memory) {
        code.aload(cx);
        if (side.inArray()) {
            emitter.step("bytes", byte[].class, LiftLowerContext.class);
        } else {
            emitter.virtual(LiftLowerContext.class, "memory", CoreMemory.class);
        }
        address(memory);
        if (!side.inArray()) {
            widen();
        }
    }

    /** Reads with a method of {@link Bytes}. */
    void get(Place.Memory at, String name, Class<?> type) {
        at(at);
        if (side.inArray()) {
            emitter.ofBytes(name, type, byte[].class, int.class);
        } else {
            emitter.ofBytes(name, type, CoreMemory.class, long.class);
        }
    }

    /** Writes what is on the stack, with a method of {@link Bytes}. */
    void set(Place.Memory at, TypeKind kind, String name, Class<?> type) {
        int value = emitter.store(kind);
        at(at);
        code.loadLocal(kind, value);
        if (side.inArray()) {
            emitter.ofBytes(name, void.class, byte[].class, int.class, type);
        } else {
            emitter.ofBytes(name, void.class, CoreMemory.class, long.class, type);
        }
    }

    /** Pushes an address and a length, as unsigned longs. */
    void pair(Place place) {
        pointer(place, 0);
        pointer(place, pointer().size());
    }

    private void pointer(Place place, int offset) {
        switch (place) {
            case Place.Flat flat -> flat.locals().load(code, flat());
            case Place.Memory memory ->
                get(memory.plus(offset), pointer() == PointerType.I32 ? "getInt" : "getLong", type());
        }
        widen();
    }

    /** What steps give for an address and a length: both in one long, or a {@link Range}, and then their names end so. */
    Class<?> pairType() {
        return pointer() == PointerType.I32 ? long.class : Range.class;
    }

    /** A step that gives an address and a length. */
    void pairStep(String name, Class<?>... params) {
        emitter.step(pointer() == PointerType.I32 ? name : name + "Range", pairType(), params);
    }

    /** Takes what {@link #pairStep} gives from the stack. */
    void putPair(Place place) {
        if (pointer() == PointerType.I32) {
            putLong(place);
            return;
        }
        int range = emitter.store(TypeKind.REFERENCE);
        putPair(
                place,
                () -> {
                    code.aload(range);
                    emitter.virtual(Range.class, "address", long.class);
                },
                () -> {
                    code.aload(range);
                    emitter.virtual(Range.class, "length", long.class);
                });
    }

    /** Puts an address in a local variable and a length in another, which is an int. */
    void putPair(Place place, int address, int length) {
        if (pointer() == PointerType.I32) {
            code.iload(address);
            code.iload(length);
            emitter.step("pair", long.class, int.class, int.class);
            putLong(place);
        } else {
            putPair(place, () -> code.lload(address), () -> {
                code.iload(length);
                code.i2l();
            });
        }
    }

    private void putPair(Place place, Runnable address, Runnable length) {
        switch (place) {
            case Place.Memory memory -> {
                address.run();
                set(memory, TypeKind.LONG, "setLong", long.class);
                length.run();
                set(memory.plus(Long.BYTES), TypeKind.LONG, "setLong", long.class);
            }
            case Place.Flat flat -> {
                address.run();
                flat.locals().store(code, NumType.I64);
                length.run();
                flat.locals().store(code, NumType.I64);
            }
        }
    }

    private void putLong(Place place) {
        switch (place) {
            case Place.Memory memory -> set(memory, TypeKind.LONG, "setLong", long.class);
            case Place.Flat flat -> {
                code.dup2();
                code.l2i();
                flat.locals().store(code, NumType.I32);
                code.loadConstant(32);
                code.lushr();
                code.l2i();
                flat.locals().store(code, NumType.I32);
            }
        }
    }
}
