package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Looks at files twice a second, on a thread of its own, and tells which have changed and are complete. */
final class FileWatch implements AutoCloseable {
    private static final long PAUSE = 500;

    /** What one sees of a file that has changed. */
    private record Look(FileTime modified, long size) {
        private static final Look NONE = new Look(FileTime.fromMillis(0), -1);

        static Look at(Path file) {
            try {
                return new Look(Files.getLastModifiedTime(file), Files.size(file));
            } catch (IOException _) {
                // it is being replaced
                return NONE;
            }
        }
    }

    private final List<Path> files;
    private final IntConsumer changed;
    private final Thread thread;

    /** Watches files; {@code changed} takes the index of each that has another content, on the watch's thread. */
    FileWatch(List<Path> files, IntConsumer changed) {
        this.files = List.copyOf(files);
        this.changed = changed;
        var known = new ArrayList<Look>();
        files.forEach(file -> known.add(Look.at(file)));
        this.thread = Thread.ofPlatform().name("tenon-watch").daemon().start(() -> watch(known));
    }

    private void watch(List<Look> known) {
        List<Look> before = new ArrayList<>(known);
        try {
            while (true) {
                Thread.sleep(PAUSE);
                for (int i = 0; i < files.size(); i++) {
                    Look now = Look.at(files.get(i));
                    // what grows or is away is not complete
                    if (now.size() >= 0 && now.equals(before.get(i)) && !now.equals(known.get(i))) {
                        known.set(i, now);
                        changed.accept(i);
                    }
                    before.set(i, now);
                }
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
