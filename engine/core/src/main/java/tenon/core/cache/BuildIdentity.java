package tenon.core.cache;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tenon.types.core.FuncType;
import tenon.wasm.Module;

/**
 * What tells one build of the compiler from another: a hash of the code of the modules that decide what compiled classes look like. Of a
 * jar the central directory is hashed, which has the length and CRC-32 of each class in it; of a folder all files.
 */
final class BuildIdentity {
    private static final List<Class<?>> OURS = List.of(BuildIdentity.class, Module.class, FuncType.class);

    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MOST_COMMENT = 0xffff;

    private BuildIdentity() {}

    /** The identity in hexadecimal digits; empty where our code comes from neither jars nor folders. */
    static Optional<String> find() throws IOException {
        Set<Path> places = new LinkedHashSet<>();
        for (Class<?> each : OURS) {
            Optional<Path> place = place(each);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            places.add(place.get());
        }
        return Optional.of(of(places));
    }

    /** The identity of the code in jars and folders. */
    static String of(Collection<Path> places) throws IOException {
        MessageDigest digest = Digests.sha256();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                folder(place, digest);
            } else {
                jar(place, digest);
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static Optional<Path> place(Class<?> of) {
        CodeSource source = of.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null || !location.getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(location.toURI()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static void folder(Path folder, MessageDigest digest) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            digest.update(Digests.utf8(folder.relativize(file).toString()));
            digest.update(Files.readAllBytes(file));
        }
    }

    /** ZIP, section 4.3.16 of APPNOTE.TXT: the end of the central directory says where that begins. */
    private static void jar(Path jar, MessageDigest digest) throws IOException {
        try (var file = new RandomAccessFile(jar.toFile(), "r")) {
            long length = file.length();
            byte[] tail = new byte[(int) Math.min(length, END_BYTES + MOST_COMMENT)];
            file.seek(length - tail.length);
            file.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = tail.length - END_BYTES; at >= 0; at--) {
                if (end.getInt(at) == END_OF_DIRECTORY) {
                    long size = Integer.toUnsignedLong(end.getInt(at + 12));
                    long start = Integer.toUnsignedLong(end.getInt(at + 16));
                    byte[] directory = new byte[(int) Math.min(size, length)];
                    file.seek(start);
                    file.readFully(directory);
                    digest.update(directory);
                    return;
                }
            }
        }
        throw new IOException("file `" + jar + "` is no jar");
    }
}
