package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import tenon.wasi.io.ByteSource;
import tenon.wasi.io.IoError;

/** Reads a file from a position on. Confined to the Store. */
final class FileSource implements ByteSource {
    private final OpenFile file;
    private long position;

    FileSource(OpenFile file, long position) {
        this.file = file.retain();
        this.position = position;
    }

    @Override
    public Read read(int most) {
        try {
            var buffer = ByteBuffer.allocate(most);
            int count = file.channel().read(buffer, position);
            if (count < 0) {
                return END;
            }
            position += count;
            return new Read.Bytes(count == most ? buffer.array() : Arrays.copyOf(buffer.array(), count));
        } catch (IOException e) {
            return new Read.Failed(failure(e));
        }
    }

    static IoError failure(IOException e) {
        return IoError.of(String.valueOf(e.getMessage()), RefusedException.codeOf(e));
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void close() {
        file.release();
    }
}
