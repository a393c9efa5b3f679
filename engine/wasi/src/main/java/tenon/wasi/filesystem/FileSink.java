package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tenon.wasi.io.ByteSink;
import tenon.wasi.io.IoError;
import tenon.wasi.io.OutputStream;

/** Writes a file from a position on, or always at its end. Confined to the Store. */
final class FileSink implements ByteSink {
    private static final Capacity OPEN = new Capacity.Open(OutputStream.PERMIT);

    private final OpenFile file;
    private final boolean append;
    private long position;
    private @Nullable IoError failure;

    FileSink(OpenFile file, long position) {
        this(file, position, false);
    }

    private FileSink(OpenFile file, long position, boolean append) {
        this.file = file.retain();
        this.position = position;
        this.append = append;
    }

    /** Writes at the end, wherever that is at each write. */
    static FileSink appending(OpenFile file) {
        return new FileSink(file, 0, true);
    }

    @Override
    public Capacity capacity() {
        return failure == null ? OPEN : new Capacity.Failed(failure);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            if (append) {
                position = file.channel().size();
            }
            while (buffer.hasRemaining()) {
                position += file.channel().write(buffer, position);
            }
        } catch (IOException e) {
            failure = FileSource.failure(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        file.release();
    }
}
