package tenon.runtime.abi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tenon.runtime.task.Buffer;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.Shared;
import tenon.runtime.task.SharedStream;
import tenon.runtime.value.StreamPipe;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.StreamWriter;

/** A stream that the host has made: what it carries is known when a guest takes its readable end. */
public final class HostPipe {
    private final EventLoop loop;
    private final EventLoop.Operation open;
    private final CompletableFuture<Writable> taken = new CompletableFuture<>();

    /** Whether the readable end is a guest's, or closed. */
    private final AtomicBoolean readerGone = new AtomicBoolean();

    /** The writable end, once the readable one is a guest's; without one if either was closed before. */
    private record Writable(@Nullable HostEnd end, Optional<Shape> element) {
        static final Writable NONE = new Writable(null, Optional.empty());
    }

    private HostPipe(EventLoop loop) {
        this.loop = loop;
        this.open = loop.operation(() -> taken.complete(Writable.NONE));
    }

    /** The ends of a new stream in a store. */
    public static StreamPipe<Object> make(EventLoop loop) {
        var pipe = new HostPipe(loop);
        return new StreamPipe<>(pipe.new Writer(), pipe.new Reader());
    }

    /** The end that a guest takes. */
    final class Reader implements StreamReader<Object>, PassedOn {
        @Override
        public List<Object> read(int most) {
            throw new IllegalStateException("a stream that the host has made is for a guest to read");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            throw new IllegalStateException("a stream that the host has made is for a guest to read");
        }

        @Override
        public Shared pass(LiftLowerContext cx, Shape.AsyncValue shape) {
            if (!readerGone.compareAndSet(false, true)) {
                throw new IllegalStateException("the stream is closed, or a guest's by now");
            }
            var shared = new SharedStream(shape.element().map(Shape::type));
            var writer = new HostEnd(loop, shared, false);
            if (!taken.complete(new Writable(writer, shape.element()))) {
                // it has ended before the guest takes it
                writer.close();
            }
            return shared;
        }

        @Override
        public void close() {
            readerGone.set(true);
            taken.complete(Writable.NONE);
        }
    }

    private final class Writer implements StreamWriter<Object> {
        @Override
        public int write(List<? extends Object> elements) {
            Writable writable = writable();
            return writeAll(writable, new HostBuffer.Objects(writable.element.orElse(null), elements));
        }

        @Override
        public int write(byte[] from, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, from.length);
            Writable writable = writable();
            if (writable.end != null) {
                HostReader.requireBytes(writable.end.shared().element());
            }
            return writeAll(writable, new HostBuffer.Bytes(from, offset, length));
        }

        /** The end, once the other one is a guest's: no guest can take that while the thread waits that runs them. */
        private Writable writable() {
            if (!taken.isDone() && loop.isHere()) {
                throw new IllegalStateException("the readable end must be passed to a guest first");
            }
            return taken.join();
        }

        private int writeAll(Writable writable, Buffer buffer) {
            HostEnd end = writable.end;
            boolean there = end != null;
            while (end != null && there && buffer.remain() > 0) {
                there = end.copy(buffer);
            }
            return buffer.progress();
        }

        @Override
        public void close() {
            if (!taken.complete(Writable.NONE)) {
                HostEnd end = taken.join().end;
                if (end != null) {
                    end.close();
                }
            }
            open.end(() -> {});
        }
    }
}
