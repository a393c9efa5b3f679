package tenon.wasi.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tenon.core.Trap;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.clocks.WallClock.Datetime;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.StreamError;

class FilesystemTest {
    private static final PathFlags NO_FOLLOW = new PathFlags(0);
    private static final PathFlags FOLLOW = new PathFlags(1);
    private static final OpenFlags PLAIN = new OpenFlags(0);
    private static final OpenFlags CREATE = new OpenFlags(1);
    private static final OpenFlags DIRECTORY = new OpenFlags(2);
    private static final OpenFlags CREATE_NEW = new OpenFlags(5);
    private static final DescriptorFlags READ = new DescriptorFlags(1);
    private static final DescriptorFlags READ_WRITE = new DescriptorFlags(3);
    private static final DescriptorFlags MUTATE = new DescriptorFlags(1 | 32);

    private final FilesystemTypes types = new FilesystemTypes();

    @TempDir
    private Path outside;

    private Path host = Path.of(".");
    private Descriptor root = rootOf(host, false);

    @BeforeEach
    void grant() throws IOException {
        host = Files.createDirectory(outside.resolve("granted"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.writeString(host.resolve("f.txt"), "hello");
        Files.createDirectories(host.resolve("a/b"));
        Files.writeString(host.resolve("a/b/deep"), "deep");
        root.close();
        root = rootOf(host, false);
    }

    private static Descriptor rootOf(Path path, boolean readOnly) {
        var preopens = new Preopens(new Readiness(), new Opened(), List.of(new Preopens.Grant(path, "/", readOnly)));
        return preopens.getDirectories().getFirst().descriptor();
    }

    private static <T> T ok(Result<T, ErrorCode> result) {
        return switch (result) {
            case Result.Ok<T, ErrorCode>(T value) -> value;
            case Result.Err<T, ErrorCode>(ErrorCode code) -> throw new AssertionError("expected ok, found " + code);
        };
    }

    private static ErrorCode err(Result<?, ErrorCode> result) {
        return switch (result) {
            case Result.Err<?, ErrorCode>(ErrorCode code) -> code;
            case Result.Ok<?, ErrorCode>(var value) -> throw new AssertionError("expected an error, found " + value);
        };
    }

    private String text(String path) {
        var file = ok(types.openAt(root, FOLLOW, path, PLAIN, READ));
        var read = ok(types.read(file, 1000, 0));
        assertTrue(read.end());
        file.close();
        return new String(read.bytes(), UTF_8);
    }

    private ErrorCode refusal(String path) {
        return err(types.openAt(root, FOLLOW, path, PLAIN, READ));
    }

    @Test
    void pathsStayInsideTheGrantedDirectory() throws IOException {
        Files.createSymbolicLink(host.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(host.resolve("absolute"), outside.resolve("secret"));
        Files.createSymbolicLink(host.resolve("a/out"), Path.of("../../secret"));
        Files.createSymbolicLink(host.resolve("loop"), Path.of("loop"));
        for (String path : List.of(
                "..",
                "../secret",
                "/etc/passwd",
                "a/../../secret",
                "up/secret",
                "up",
                "absolute",
                "a/out",
                "./../secret")) {
            assertEquals(ErrorCode.NOT_PERMITTED, refusal(path), path);
        }
        assertEquals(ErrorCode.LOOP, refusal("loop"));
        assertEquals(ErrorCode.LOOP, err(types.openAt(root, NO_FOLLOW, "loop", PLAIN, READ)));
        assertEquals(ErrorCode.NO_ENTRY, refusal(""));
        assertEquals(ErrorCode.NOT_DIRECTORY, refusal("f.txt/x"));
        assertEquals(ErrorCode.NOT_DIRECTORY, refusal("f.txt/"));
        assertEquals(ErrorCode.ILLEGAL_BYTE_SEQUENCE, refusal("a\0b"));
    }

    @Test
    void pathsAndLinksInsideAreFollowed() throws IOException {
        Files.createSymbolicLink(host.resolve("link"), Path.of("a/b/../b/deep"));
        Files.createSymbolicLink(host.resolve("a/back"), Path.of("../f.txt"));
        Files.createSymbolicLink(host.resolve("dir"), Path.of("a/b/"));
        assertEquals("deep", text("a/b/deep"));
        assertEquals("deep", text("./a//b/./../b/deep"));
        assertEquals("deep", text("link"));
        assertEquals("hello", text("a/back"));
        assertEquals("deep", text("dir/deep"));
        assertEquals("a/b/../b/deep", ok(types.readlinkAt(root, "link")));
        assertEquals(
                DescriptorType.SYMBOLIC_LINK,
                ok(types.statAt(root, NO_FOLLOW, "link")).type());
        assertEquals(
                DescriptorType.REGULAR_FILE,
                ok(types.statAt(root, FOLLOW, "link")).type());
        assertEquals(
                DescriptorType.DIRECTORY, ok(types.statAt(root, NO_FOLLOW, ".")).type());
    }

    @Test
    void filesAreCreatedWrittenAndRead() throws IOException {
        var file = ok(types.openAt(root, NO_FOLLOW, "new", CREATE_NEW, READ_WRITE));
        assertEquals(5, ok(types.write(file, "abcde".getBytes(UTF_8), 2)));
        assertEquals(7, ok(types.stat(file)).size());
        var in = ok(types.readViaStream(file, 1));
        assertTrue(in.blockingRead(100) instanceof Result.Ok<byte[], StreamError>(byte[] bytes) && bytes.length == 6);
        assertTrue(in.read(1) instanceof Result.Err<byte[], StreamError>(StreamError.Closed()));
        in.close();
        var append = ok(types.appendViaStream(file));
        assertTrue(append.blockingWriteAndFlush(new byte[] {'!'}) instanceof Result.Ok);
        ok(types.setSize(file, 8));
        file.close();
        assertTrue(append.blockingWriteAndFlush(new byte[] {'?'}) instanceof Result.Ok, "outlives its descriptor");
        append.close();
        assertArrayEquals("\0\0abcde!?".getBytes(UTF_8), Files.readAllBytes(host.resolve("new")));
        assertEquals(ErrorCode.EXIST, err(types.openAt(root, NO_FOLLOW, "new", CREATE_NEW, READ_WRITE)));
        assertEquals(ErrorCode.IS_DIRECTORY, err(types.openAt(root, NO_FOLLOW, "a", PLAIN, READ_WRITE)));
    }

    @Test
    void directoriesAreMadeListedRenamedAndRemoved() throws IOException {
        ok(types.createDirectoryAt(root, "made"));
        ok(types.createDirectoryAt(root, "a/b/made/"));
        assertEquals(ErrorCode.EXIST, err(types.createDirectoryAt(root, "made")));
        assertEquals(ErrorCode.NO_ENTRY, err(types.createDirectoryAt(root, "none/made")));
        ok(types.renameAt(root, "made", root, "a/moved"));
        var a = ok(types.openAt(root, NO_FOLLOW, "a", DIRECTORY, MUTATE));
        var names = new TreeSet<String>();
        var listing = ok(types.readDirectory(a));
        while (ok(types.readDirectoryEntry(listing)) instanceof Optional<DirectoryEntry> entry && entry.isPresent()) {
            names.add(entry.get().name() + " " + entry.get().type());
        }
        listing.close();
        assertEquals(List.of("b DIRECTORY", "moved DIRECTORY"), List.copyOf(names));
        assertEquals(ErrorCode.NOT_EMPTY, err(types.removeDirectoryAt(a, "b")));
        assertEquals(ErrorCode.IS_DIRECTORY, err(types.unlinkFileAt(a, "b")));
        ok(types.removeDirectoryAt(a, "moved"));
        ok(types.unlinkFileAt(root, "f.txt"));
        assertEquals(ErrorCode.NO_ENTRY, refusal("f.txt"));
        assertEquals(ErrorCode.NOT_PERMITTED, err(types.createDirectoryAt(a, "../../x")));
        try (var left = Files.list(host)) {
            assertEquals(
                    List.of("a"),
                    left.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void linksAreMade() throws IOException {
        ok(types.symlinkAt(root, "f.txt", "a/symbolic"));
        assertEquals("f.txt", Files.readSymbolicLink(host.resolve("a/symbolic")).toString());
        assertEquals(ErrorCode.NOT_PERMITTED, err(types.symlinkAt(root, "/etc/passwd", "x")));
        ok(types.linkAt(root, NO_FOLLOW, "f.txt", root, "a/hard"));
        assertEquals("hello", text("a/hard"));
        assertEquals(2, ok(types.statAt(root, NO_FOLLOW, "f.txt")).linkCount());
        assertEquals(ErrorCode.EXIST, err(types.linkAt(root, NO_FOLLOW, "f.txt", root, "a/hard")));
        assertEquals(ErrorCode.NOT_PERMITTED, err(types.linkAt(root, NO_FOLLOW, "a", root, "dir")));
        var one = ok(types.openAt(root, NO_FOLLOW, "f.txt", PLAIN, READ));
        var two = ok(types.openAt(root, NO_FOLLOW, "a/hard", PLAIN, READ));
        assertTrue(types.isSameObject(one, two));
        assertEquals(ok(types.metadataHash(one)), ok(types.metadataHashAt(root, NO_FOLLOW, "a/hard")));
        assertNotEquals(ok(types.metadataHash(one)), ok(types.metadataHash(root)));
    }

    @Test
    void aReadOnlyGrantChangesNothing() {
        var granted = rootOf(host, true);
        assertEquals(ErrorCode.READ_ONLY, err(types.createDirectoryAt(granted, "x")));
        assertEquals(ErrorCode.READ_ONLY, err(types.unlinkFileAt(granted, "f.txt")));
        assertEquals(ErrorCode.READ_ONLY, err(types.openAt(granted, NO_FOLLOW, "f.txt", PLAIN, READ_WRITE)));
        assertEquals(ErrorCode.READ_ONLY, err(types.openAt(granted, NO_FOLLOW, "new", CREATE, READ)));
        assertEquals(ErrorCode.READ_ONLY, err(types.openAt(granted, NO_FOLLOW, "a", DIRECTORY, MUTATE)));
        assertEquals(ErrorCode.READ_ONLY, err(types.renameAt(root, "f.txt", granted, "g.txt")));
        var file = ok(types.openAt(granted, NO_FOLLOW, "f.txt", PLAIN, READ));
        assertEquals(ErrorCode.BAD_DESCRIPTOR, err(types.write(file, new byte[1], 0)));
        assertEquals(
                ErrorCode.BAD_DESCRIPTOR, err(types.setTimes(file, new NewTimestamp.Now(), new NewTimestamp.Now())));
    }

    @Test
    void timesAreSet() {
        var then = new NewTimestamp.Timestamp(new Datetime(1_000_000_000, 5_000));
        assertEquals(Unit.UNIT, ok(types.setTimesAt(root, NO_FOLLOW, "f.txt", new NewTimestamp.NoChange(), then)));
        var stat = ok(types.statAt(root, NO_FOLLOW, "f.txt"));
        assertEquals(Optional.of(new Datetime(1_000_000_000, 5_000)), stat.dataModificationTimestamp());
        assertNotEquals(stat.dataAccessTimestamp(), stat.dataModificationTimestamp());
    }

    @Test
    void whatAGuestThatTrappedLeftOpenIsClosedWithTheStore() throws IOException {
        var opened = new Opened();
        var preopens = new Preopens(new Readiness(), opened, List.of(new Preopens.Grant(host, "/", true)));
        var base = preopens.getDirectories().getFirst().descriptor();
        ok(types.openAt(base, FOLLOW, "a/b", PLAIN, READ));
        ok(types.openAt(base, FOLLOW, "f.txt", PLAIN, READ));
        ok(types.readDirectory(base));
        assertEquals(4, opened.count(), "the root, a directory, a file, a listing");
        opened.close();
        assertEquals(0, opened.count());
    }

    @Test
    void aGuestHasSoManyFilesOpenAndNoMore() throws IOException {
        var opened = new Opened();
        var preopens = new Preopens(new Readiness(), opened, List.of(new Preopens.Grant(host, "/", true)));
        var base = preopens.getDirectories().getFirst().descriptor();
        while (opened.count() < Opened.MOST) {
            ok(types.openAt(base, FOLLOW, "f.txt", PLAIN, READ));
        }
        assertEquals(ErrorCode.INSUFFICIENT_MEMORY, err(types.openAt(base, FOLLOW, "f.txt", PLAIN, READ)));
        assertThrows(Trap.class, preopens::getDirectories);
        opened.close();
    }

    @Test
    void whatIsStagedDoesNotExistForGuests() throws IOException {
        String name = PathResolution.STAGING_PREFIX + "x";
        Files.writeString(host.resolve(name), "x");
        assertEquals(ErrorCode.NO_ENTRY, refusal(name));
        assertEquals(ErrorCode.NO_ENTRY, err(types.openAt(root, NO_FOLLOW, name, CREATE, READ_WRITE)));
    }

    @Test
    void aDirectoryThatIsSwappedForALinkMeanwhileLeadsNowhere() throws Exception {
        Path place = host.resolve("swapped");
        Path kept = host.resolve("kept");
        Files.createDirectory(place);
        var stop = new AtomicBoolean();
        var swapper = Thread.ofPlatform().start(() -> swap(place, kept, stop));
        try {
            for (int i = 0; i < 3_000; i++) {
                types.createDirectoryAt(root, "swapped/d" + i);
                types.openAt(root, NO_FOLLOW, "swapped/f" + i, CREATE, READ_WRITE);
                assertFalse(types.openAt(root, FOLLOW, "swapped/secret", PLAIN, READ) instanceof Result.Ok);
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
        try (var left = Files.list(outside)) {
            assertEquals(
                    List.of("granted", "secret"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    private static void swap(Path place, Path kept, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                Files.move(place, kept);
                Files.createSymbolicLink(place, Path.of(".."));
                Files.delete(place);
                Files.move(kept, place);
            }
            assertTrue(Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
