package tenon.host.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
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
        Path file = folder.resolve(name + ".txt");
        OutputStream stream = append(file);
        return new GuestLog(file, copy, stream, Files.size(file), most);
    }

    private static OutputStream append(Path file) throws IOException {
        return Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
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
                stream.close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
                stream = append(file);
                size = 0;
            }
            stream.write(bytes, offset, length);
            size += length;
            copy.write(bytes, offset, length);
        } finally {
            lock.unlock();
        }
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
