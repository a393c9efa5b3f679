package tenon.wasi.http;

import java.util.List;
import tenon.wasi.io.ByteSource;
import tenon.wasi.io.MemorySource;

/** Where the body of a message that comes in is read from. As {@link ByteSource}, with what follows the bytes. */
public interface BodySource extends ByteSource {
    /** The trailers, empty if there were none; known once {@link #read} has given the end. */
    List<Field> trailers();

    /** A body in memory. */
    static BodySource of(byte[] bytes, List<Field> trailers) {
        return new Memory(new MemorySource(bytes), List.copyOf(trailers));
    }

    /** A body in memory. Confined to the Store. */
    record Memory(MemorySource source, List<Field> trailers) implements BodySource {
        @Override
        public Read read(int most) {
            return source.read(most);
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
