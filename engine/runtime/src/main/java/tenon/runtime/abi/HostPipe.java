package tenon.runtime.abi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import tenon.runtime.task.Buffer;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.HostWork;
import tenon.runtime.task.Shared;
import tenon.runtime.task.SharedStream;
import tenon.runtime.value.StreamPipe;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.StreamWriter;

/** A stream that the host has made: what it carries is known when a guest takes its readable end. */
public final class HostPipe {
    private final EventLoop loop;
    private final HostWork.Operation open;

    /** The writable end, once the readable one is a guest's; nothing if either was closed before. */
    private final CompletableFuture<Optional<Writable>> taken = new CompletableFuture<>();

    /** Whether the readable end is a guest's, or closed. */
    private final AtomicBoolean readerGone = new AtomicBoolean();

    private record Writable(HostEnd end, LiftLowerContext cx, Optional<Shape> element) {
        int write(Buffer buffer) {
            boolean there = true;
            while (there && buffer.remain() > 0) {
                there = end.copy(buffer);
            }
            return buffer.progress();
        }
    }

    private HostPipe(EventLoop loop) {
        this.loop = loop;
        this.open = loop.host().operation(() -> taken.complete(Optional.empty()));
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
            if (!taken.complete(Optional.of(new Writable(writer, cx, shape.element())))) {
                // it has ended before the guest takes it
                writer.close();
            }
            return shared;
        }

        @Override
        public void close() {
            readerGone.set(true);
            taken.complete(Optional.empty());
        }
    }

    private final class Writer implements StreamWriter<Object> {
        @Override
        public int write(List<? extends Object> elements) {
            return writable()
                    .map(to -> to.write(new HostBuffer.Objects(to.cx, to.element.orElse(null), elements)))
                    .orElse(0);
        }

        @Override
        public int write(byte[] from, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, from.length);
            return writable().map(to -> write(to, from, offset, length)).orElse(0);
        }

        private static int write(Writable to, byte[] from, int offset, int length) {
            HostReader.requireBytes(to.end.shared().element());
            return to.write(new HostBuffer.Bytes(to.cx, from, offset, length));
        }

        /** The end, once the other one is a guest's: no guest can take that while the thread waits that runs them. */
        private Optional<Writable> writable() {
            if (!taken.isDone() && loop.isHere()) {
                throw new IllegalStateException("the readable end must be passed to a guest first");
            }
            return taken.join();
        }

        @Override
        public void close() {
            if (!taken.complete(Optional.empty())) {
                taken.join().ifPresent(to -> to.end.close());
            }
            open.end(() -> {});
        }
    }
}
