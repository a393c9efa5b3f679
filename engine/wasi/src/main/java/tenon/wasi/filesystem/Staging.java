package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Makes directories and links, for which the JDK has no call relative to an open directory: makes them in the granted directory
 * itself, under a name that guests can neither see nor use, and moves them from there to their place relative to open directories.
 *
 * <p>An object that already stands at the place is found before; one that appears in between may be replaced if a move may do that,
 * which harms nobody outside.
 */
final class Staging {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Staging() {}

    /** Makes the object at a path that does not exist. */
    @FunctionalInterface
    interface Maker {
        void make(Path at) throws IOException;
    }

    /** Makes an object, and moves it to {@code name} in {@code directory} if {@code check} finds that it is what was meant. */
    static void make(Directory root, Directory directory, String name, Maker maker, Check check)
            throws RefusedException {
        if (directory.find(name).isPresent()) {
            throw new RefusedException(ErrorCode.EXIST);
        }
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String staged = PathResolution.STAGING_PREFIX + HexFormat.of().formatHex(random);
        Path at = root.path().resolve(staged);
        try {
            root.requireInPlace();
            maker.make(at);
            try {
                move(root, staged, at, directory, name, check);
            } finally {
                Files.deleteIfExists(at);
            }
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    private static void move(Directory root, String staged, Path at, Directory directory, String name, Check check)
            throws IOException, RefusedException {
        var made = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        var seen = root.attributes(staged);
        if (made.fileKey() == null || !made.fileKey().equals(seen.fileKey()) || !check.accepts(seen)) {
            throw new RefusedException(ErrorCode.BUSY);
        }
        root.stream().move(Directory.single(staged), directory.stream(), Directory.single(name));
    }

    /** Whether what was made is what was meant. */
    @FunctionalInterface
    interface Check {
        boolean accepts(BasicFileAttributes made);
    }
}
