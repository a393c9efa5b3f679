package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * An open file. Confined to the Store; shared by counting, since streams outlive the descriptor they came from.
 *
 * <p>The JDK tells nothing of an open file but its size: the rest is asked for at the name where it was found, or where guests have
 * renamed it to, and counts if the same file is still there; else it is as it was when the file was opened.
 */
final class OpenFile {
    private final FileChannel channel;
    private final Directory root;
    private Directory directory;
    private String name;
    private final BasicFileAttributes opened;
    private final Object key;
    private int users = 1;

    OpenFile(
            FileChannel channel,
            Directory root,
            Directory directory,
            String name,
            BasicFileAttributes opened,
            Object key) {
        this.root = root.retain();
        root.openFiles().add(this);
        this.channel = channel;
        this.directory = directory.retain();
        this.name = name;
        this.opened = opened;
        this.key = key;
    }

    /** The file is found elsewhere from now on. */
    void moved(Directory to, String newName) {
        to.retain();
        directory.release();
        directory = to;
        name = newName;
    }

    FileChannel channel() {
        return channel;
    }

    Directory directory() {
        return directory;
    }

    String name() {
        return name;
    }

    Object key() {
        return key;
    }

    /** Its attributes now, or those it had. */
    BasicFileAttributes attributes() throws RefusedException {
        return directory.find(name).filter(now -> key.equals(now.fileKey())).orElse(opened);
    }

    long size() throws RefusedException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    OpenFile retain() {
        users++;
        return this;
    }

    void release() {
        users--;
        if (users == 0) {
            try {
                directory.opened().close(channel);
            } catch (IOException e) {
                System.getLogger("tenon.wasi.filesystem").log(System.Logger.Level.WARNING, "file not closed", e);
            }
            directory.release();
            root.openFiles().remove(this);
            root.release();
        }
    }
}
