package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import tenon.runtime.value.Result;

/** {@code wasi:filesystem/types.directory-entry-stream}. Confined to the Store. */
public final class DirectoryEntryStream implements AutoCloseable {
    private final Directory directory;
    private final SecureDirectoryStream<Path> stream;
    private final Iterator<Path> entries;

    DirectoryEntryStream(Directory directory) throws RefusedException {
        this.stream = directory.again();
        this.entries = stream.iterator();
        this.directory = directory.retain();
    }

    /** {@code read-directory-entry}: none at the end. */
    public Result<Optional<DirectoryEntry>, ErrorCode> readDirectoryEntry() {
        try {
            while (entries.hasNext()) {
                String name = String.valueOf(entries.next().getFileName());
                if (!name.startsWith(PathResolution.STAGING_PREFIX)) {
                    Optional<BasicFileAttributes> found = directory.find(name);
                    // one that was removed since is none
                    if (found.isPresent()) {
                        return Result.ok(Optional.of(new DirectoryEntry(DescriptorType.of(found.get()), name)));
                    }
                }
            }
            return Result.ok(Optional.empty());
        } catch (RefusedException e) {
            return Result.err(e.code());
        } catch (DirectoryIteratorException e) {
            return Result.err(RefusedException.codeOf(Objects.requireNonNull(e.getCause())));
        }
    }

    /** The destructor. */
    @Override
    public void close() throws IOException {
        directory.opened().close(stream);
        directory.release();
    }
}
