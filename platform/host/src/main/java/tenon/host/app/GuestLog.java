package tenon.host.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What guests print: to a file, and copied to the terminal. A file that has become big is kept under another name, and one before it is
 * deleted, so that a guest which prints without end does not fill the disk. Thread-safe; {@code lock} guards the file's stream and
 * size, and is held while a piece is written, so that pieces stay whole.
 */
final class GuestLog extends OutputStream {
    private static final long MOST_BYTES = 64 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final OutputStream copy;
    private OutputStream stream;
    private final long most;
    private long size;

    private GuestLog(Path file, OutputStream copy, OutputStream stream, long size, long most) {
        this.most = most;
        this.file = file;
        this.copy = copy;
        this.stream = stream;
        this.size = size;
    }

    /** Appends to {@code <folder>/<name>.txt}. */
    static GuestLog open(Path folder, String name, OutputStream copy) throws IOException {
        return open(folder, name, copy, MOST_BYTES);
    }

    /** The same; the file is replaced before it has more than {@code most} bytes. */
    static GuestLog open(Path folder, String name, OutputStream copy, long most) throws IOException {
        Files.createDirectories(folder);
        Path file = StateFolder.file(folder, name + ".txt");
        OutputStream stream = append(file);
        return new GuestLog(file, copy, stream, Files.size(file), most);
    }

    private static OutputStream append(Path file) throws IOException {
        return Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (size + length > most && size > 0) {
                turn();
            }
            stream.write(bytes, offset, length);
            size += length;
            copy.write(bytes, offset, length);
        } finally {
            lock.unlock();
        }
    }

    /** Begins a new file; if that cannot be, all stays as it was, and is tried again with the next piece. */
    private void turn() throws IOException {
        Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        OutputStream full = stream;
        stream = append(file);
        size = 0;
        full.close();
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            stream.flush();
            copy.flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            stream.close();
        } finally {
            lock.unlock();
        }
    }
}
