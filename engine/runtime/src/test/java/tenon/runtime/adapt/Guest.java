package tenon.runtime.adapt;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.core.CoreMemory;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Concurrency;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.InstanceTree;
import tenon.types.component.PointerType;
import tenon.types.component.ResourceType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;

/** One side of a call without code: a memory of two pages, and a realloc that only goes forward and writes down what it was asked. */
final class Guest {
    private static final int PAGES = 2;

    final CoreMemory memory;
    final List<String> asked = new ArrayList<>();
    final LiftLowerContext cx;
    final Side side;
    /** What its realloc gives instead of room, if it does. */
    OptionalLong answer = OptionalLong.empty();

    private long next = 16;

    Guest(int index, StringEncoding encoding, PointerType pointer, Object state) {
        this(index, encoding, pointer, false, state);
    }

    Guest(int index, StringEncoding encoding, PointerType pointer, boolean chunked, Object state) {
        memory = CoreMemory.of(
                new MemoryType(new Limits(
                        pointer == PointerType.I32 ? Limits.AddressType.I32 : Limits.AddressType.I64,
                        PAGES,
                        OptionalLong.of(PAGES))),
                chunked);
        Class<?> address = pointer == PointerType.I32 ? int.class : long.class;
        try {
            MethodHandle realloc = MethodHandles.lookup()
                    .findStatic(
                            Guest.class,
                            "realloc",
                            MethodType.methodType(address, address, address, address, address, Object.class));
            cx = new LiftLowerContext(
                    new ComponentInstance(index, Concurrency.NONE, new Tree(state, new EventLoop(0)), 1000),
                    encoding,
                    memory,
                    new LiftLowerContext.Realloc(realloc, this));
            side = new Side(Optional.of(encoding), Optional.of(realloc), pointer, chunked);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    static int realloc(int old, int oldLength, int alignment, int length, Object context) {
        return (int) realloc(old, oldLength, alignment, (long) length, context);
    }

    static long realloc(long old, long oldLength, long alignment, long length, Object context) {
        return ((Guest) context).allocate(old, oldLength, alignment, length);
    }

    private long allocate(long old, long oldLength, long alignment, long length) {
        asked.add(old + " " + oldLength + " " + alignment + " " + length);
        if (answer.isPresent()) {
            return answer.getAsLong();
        }
        long address = (next + alignment - 1) & -alignment;
        next = address + length;
        if (old != 0) {
            memory.copy(address, memory, old, Math.min(oldLength, length));
        }
        return address;
    }

    /** All that a call can have changed here. */
    String state() {
        return asked + " " + Arrays.hashCode(memory.read(0, (int) memory.size()));
    }

    private record Tree(Object state, EventLoop loop) implements InstanceTree {
        @Override
        public int life() {
            return 0;
        }

        @Override
        public void enter() {}

        @Override
        public void leave() {}

        @Override
        public void fail() {}

        @Override
        public void watch(Runnable failed) {}

        @Override
        public void unwatch(Runnable failed) {}

        @Override
        public Object hostState(int index) {
            return state;
        }

        @Override
        public boolean hold(long bytes) {
            return true;
        }

        @Override
        public void letGo(long bytes) {}

        @Override
        public void destroy(ResourceType type, int rep) {
            throw new AssertionError("nothing is destroyed");
        }

        @Override
        public void destroyFrom(ComponentInstance caller, ResourceType type, int rep) {
            throw new AssertionError("nothing is destroyed");
        }
    }
}
