package tenon.wasi.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tenon.runtime.value.Result;
import tenon.wasi.clocks.WallClock.Datetime;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.StreamError;

/**
 * A granted directory with the world around it, and a guest that does all that it can to reach that world. {@link #check} fails if it saw or
 * changed anything of it.
 */
final class Cage {
    /** What is written in every file outside. */
    static final String SECRET = "the secret of the world outside";

    static final PathFlags FOLLOW = new PathFlags(1);
    static final PathFlags NO_FOLLOW = new PathFlags(0);
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int MUTATE = 32;
    private static final NewTimestamp EPOCH = new NewTimestamp.Timestamp(new Datetime(1, 0));

    final FilesystemTypes types = new FilesystemTypes();
    final Path host;
    final Path world;
    final Descriptor root;
    final Opened opened = new Opened();
    private final Map<String, String> before;
    private final Map<String, String> beforeButForChange;
    private final Set<Object> strangers = new HashSet<>();
    private final List<String> seen = new ArrayList<>();
    private final List<String> escapes = new ArrayList<>();

    /** Makes {@code folder/world} and, in it, {@code folder/world/cage}, which is granted. */
    Cage(Path folder) throws IOException {
        world = Files.createDirectory(folder.resolve("world"));
        Files.writeString(world.resolve("secret"), SECRET);
        Files.createDirectories(world.resolve("rooms/inner"));
        Files.writeString(world.resolve("rooms/secret"), SECRET);
        Files.createDirectory(world.resolve("empty"));
        Files.createSymbolicLink(world.resolve("sign"), Path.of(SECRET));
        host = Files.createDirectory(world.resolve("cage"));
        // a neighbour whose name begins as the cage's does
        Files.createDirectory(world.resolve("cage-2"));
        Files.writeString(world.resolve("cage-2/secret"), SECRET);
        Files.createDirectories(host.resolve("a/b"));
        Files.writeString(host.resolve("f"), "mine");
        Files.writeString(host.resolve("a/f"), "mine");
        try (var all = Files.walk(world)) {
            for (Path each : all.filter(path -> !path.startsWith(host)).toList()) {
                strangers.add(key(each));
            }
        }
        before = outside(true);
        beforeButForChange = outside(false);
        root = new Preopens(new Readiness(), opened, List.of(new Preopens.Grant(host, "/", false)))
                .getDirectories()
                .getFirst()
                .descriptor();
    }

    static Object key(Path path) throws IOException {
        return Files.readAttributes(path, "unix:fileKey", LinkOption.NOFOLLOW_LINKS)
                .get("fileKey");
    }

    /** The world but for the cage: names, kinds, sizes, times, contents; with {@code change} the time of the last change of each, too. */
    private Map<String, String> outside(boolean change) throws IOException {
        var state = new TreeMap<String, String>();
        try (var all = Files.walk(world)) {
            for (Path each : all.filter(path -> !path.startsWith(host)).toList()) {
                var attributes = Files.readAttributes(
                        each,
                        "unix:mode,nlink,size,lastModifiedTime" + (change ? ",ctime" : ""),
                        LinkOption.NOFOLLOW_LINKS);
                String content = Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS) ? Files.readString(each) : "";
                state.put(world.relativize(each).toString(), new TreeMap<>(attributes) + " " + content);
            }
        }
        return state;
    }

    /** A link of the host's in the cage. */
    Cage link(String name, Path target) throws IOException {
        Files.createSymbolicLink(host.resolve(name), target);
        return this;
    }

    Cage link(String name, String target) throws IOException {
        return link(name, Path.of(target));
    }

    /** Opens; what was opened is read, listed, and looked at. */
    Result<Descriptor, ErrorCode> open(Descriptor base, String path, PathFlags follow, int open, int flags) {
        var result = types.openAt(base, follow, path, new OpenFlags(open), new DescriptorFlags(flags));
        if (result instanceof Result.Ok<Descriptor, ErrorCode>(Descriptor descriptor)) {
            look(path, descriptor);
        }
        return result;
    }

    /** The same from the granted directory; a descriptor that comes is closed. */
    void tryOpen(String path, PathFlags follow, int open, int flags) {
        if (open(root, path, follow, open, flags) instanceof Result.Ok<Descriptor, ErrorCode>(Descriptor descriptor)) {
            descriptor.close();
        }
    }

    /** Uses an open descriptor for all that it is good for. */
    void look(String path, Descriptor descriptor) {
        try {
            Object key = descriptor.identity();
            if (strangers.contains(key)) {
                escapes.add("`" + path + "` opened " + key);
            }
        } catch (RefusedException _) {
            // removed meanwhile
        }
        if (types.read(descriptor, 1000, 0) instanceof Result.Ok<Descriptor.Piece, ErrorCode>(Descriptor.Piece piece)) {
            saw(path, new String(piece.bytes(), UTF_8));
        }
        if (types.readViaStream(descriptor, 0) instanceof Result.Ok<tenon.wasi.io.InputStream, ErrorCode>(var in)) {
            if (in.read(1000) instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) {
                saw(path, new String(bytes, UTF_8));
            }
            in.close();
        }
        list(path, descriptor);
    }

    private void list(String path, Descriptor descriptor) {
        if (!(types.readDirectory(descriptor) instanceof Result.Ok<DirectoryEntryStream, ErrorCode>(var entries))) {
            return;
        }
        try (entries) {
            while (entries.readDirectoryEntry()
                            instanceof Result.Ok<java.util.Optional<DirectoryEntry>, ErrorCode>(var entry)
                    && entry.isPresent()) {
                String name = entry.get().name();
                if (Set.of("secret", "rooms", "cage", "cage-2", "sign", "passwd", "proc")
                        .contains(name)) {
                    escapes.add("`" + path + "` lists `" + name + "`");
                }
            }
        } catch (IOException e) {
            throw new AssertionError("a directory was not closed", e);
        }
    }

    private void saw(String path, String text) {
        seen.add(text);
        if (text.contains(SECRET) || text.contains("root:")) {
            escapes.add("`" + path + "` says `" + text + "`");
        }
    }

    private void size(String path, Result<DescriptorStat, ErrorCode> stat) {
        if (stat instanceof Result.Ok<DescriptorStat, ErrorCode>(DescriptorStat found)
                && found.type() == DescriptorType.REGULAR_FILE
                && found.size() == SECRET.length()) {
            escapes.add("`" + path + "` has the secret's size");
        }
    }

    /** All that a guest can do with a path, one after the other; {@code spare} is a name that is free for each. */
    void tryAll(String path) {
        for (PathFlags follow : List.of(FOLLOW, NO_FOLLOW)) {
            size(path, types.statAt(root, follow, path));
            types.metadataHashAt(root, follow, path);
            types.setTimesAt(root, follow, path, EPOCH, EPOCH);
            types.linkAt(root, follow, path, root, "linked");
            lookAt("linked");
            for (int open = 0; open < 16; open++) {
                for (int flags : new int[] {READ, WRITE, READ | WRITE, READ | MUTATE}) {
                    // a file that is made or emptied inside harms nobody; outside, it would be seen
                    tryOpen(path, follow, open, flags);
                }
            }
        }
        if (types.readlinkAt(root, path) instanceof Result.Ok<String, ErrorCode>(String target)) {
            saw(path, target);
        }
        types.symlinkAt(root, path, "signed");
        lookAt("signed");
        lookAt("signed/secret");
        types.symlinkAt(root, "f", path);
        types.createDirectoryAt(root, path);
        types.removeDirectoryAt(root, path);
        types.linkAt(root, NO_FOLLOW, "f", root, path);
        types.renameAt(root, path, root, "renamed");
        lookAt("renamed");
        types.renameAt(root, "a/f", root, path);
        types.renameAt(root, "a/b", root, path);
        types.unlinkFileAt(root, path);
    }

    private void lookAt(String path) {
        tryOpen(path, FOLLOW, 0, READ);
        size(path, types.statAt(root, FOLLOW, path));
    }

    /** Nothing outside was seen or changed, and nothing stays open. */
    void check() throws IOException {
        assertEquals(before, outside(true), "the world outside has changed");
        checkButForChange();
    }

    /** The same but for the time at which something outside was last changed: a hard link that was made to it and removed sets that. */
    void checkButForChange() throws IOException {
        assertEquals(List.of(), escapes);
        assertEquals(beforeButForChange, outside(false), "the world outside has changed");
        root.close();
        assertEquals(0, opened.count(), "files stay open");
        assertFalse(seen.contains(SECRET));
        assertTrue(Files.isDirectory(host));
    }
}
