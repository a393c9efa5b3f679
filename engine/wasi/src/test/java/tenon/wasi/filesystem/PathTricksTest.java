package tenon.wasi.filesystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tenon.runtime.value.Result;

/** Tricks by which a guest might get out of its directory; each is tried with every function and every flag that takes a path. */
@Timeout(120)
class PathTricksTest {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int MUTATE = 32;

    @TempDir
    private Path folder;

    /** Nothing is left that leads out, which the folder's owner would complain about. */
    @AfterEach
    void remove() throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder)) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Paths by themselves; {@code WORLD} stands for the absolute path of the folder around the cage. */
    static Stream<String> paths() {
        return Stream.of(
                "..",
                "../",
                "../.",
                "../..",
                "./..",
                ".//..",
                "a/../..",
                "a/b/../../..",
                "../secret",
                "./../secret",
                "a/../../secret",
                "a//..//..//secret",
                "a/./.././../secret",
                "../cage-2/secret",
                "../cage/../secret",
                "..//secret",
                "../secret/",
                "../secret/.",
                "a/b/../../../secret",
                "../rooms",
                "../rooms/secret",
                "../rooms/inner/../secret",
                "../empty",
                "../sign",
                "../new",
                "/",
                "//",
                "/.",
                "/..",
                "/../secret",
                "WORLD",
                "WORLD/secret",
                "/WORLD/secret",
                "//WORLD/secret",
                "a/WORLD/secret",
                "WORLD/cage/f",
                "WORLD/cage/../secret",
                "/etc/passwd",
                "/proc/self/root",
                "/dev/stdin",
                "f/..",
                "f/../..",
                "f/../../secret",
                "f/",
                "f/.",
                "missing/../..",
                "missing/../../secret",
                "a/missing/../../../secret",
                "..\u0000",
                "../secret\u0000",
                "a\u0000/../../secret",
                "f\u0000../secret",
                "\u0000",
                "..\\secret",
                "a\\..\\..\\secret",
                "..\\..\\",
                "C:\\",
                "C:/secret",
                "\\\\server\\share",
                "%2e%2e/secret",
                "..%2fsecret",
                "\uff0e\uff0e/secret",
                "..;/secret",
                ".. /secret",
                " ../secret",
                ".../secret",
                "....//secret",
                "~",
                "~/secret",
                "~root/secret",
                "$HOME",
                "*",
                "../*",
                "..\n/secret",
                "\ud800",
                "A/../../secret",
                ".tenon-staging-x",
                ".tenon-staging-x/../../secret",
                "a/.tenon-staging-x",
                "",
                ".",
                "./",
                "././.",
                "a/",
                "a//b",
                "../".repeat(500) + "secret",
                "a/".repeat(3000),
                "a/../".repeat(700) + "../secret",
                "x".repeat(5000),
                "a/" + "x".repeat(300),
                "./".repeat(1500) + "../secret",
                "../".repeat(2000));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void paths(String path) throws IOException {
        var cage = new Cage(folder);
        cage.tryAll(path.replace("WORLD", cage.world.toString()));
        cage.check();
    }

    /** A path with the links that the host, or another guest, has put in its way: {@code name -> target}. */
    record Links(String path, List<String> links) {
        static Links of(String path, String... links) {
            return new Links(path, List.of(links));
        }
    }

    static Stream<Links> links() {
        return Stream.of(
                Links.of("l", "l -> ../secret"),
                Links.of("l", "l -> WORLD/secret"),
                Links.of("l", "l -> .."),
                Links.of("l", "l -> ../"),
                Links.of("l/", "l -> ../rooms"),
                Links.of("l/.", "l -> ../rooms"),
                Links.of("l/secret", "l -> ../rooms"),
                Links.of("l/secret", "l -> .."),
                Links.of("l/secret", "l -> WORLD"),
                Links.of("l/new", "l -> ../empty"),
                Links.of("l/inner/../secret", "l -> ../rooms"),
                Links.of("l/../secret", "l -> a"),
                Links.of("l/../../secret", "l -> a/b"),
                Links.of("l/../../../secret", "l -> a/b"),
                Links.of("l/secret", "l -> a/../.."),
                Links.of("l/secret", "l -> ./a/.././.."),
                Links.of("a/l", "a/l -> ../../secret"),
                Links.of("a/b/l/secret", "a/b/l -> ../../../rooms"),
                Links.of("l1", "l1 -> l2", "l2 -> l3", "l3 -> l4", "l4 -> ../secret"),
                Links.of("l1/l2/secret", "l1 -> a", "a/l2 -> ../../rooms"),
                Links.of("l1/secret", "l1 -> l2", "l2 -> WORLD/rooms"),
                Links.of("l1/../secret", "l1 -> l2/..", "l2 -> a"),
                Links.of("l", "l -> l"),
                Links.of("l1/secret", "l1 -> l2/l1", "l2 -> l1/l2"),
                Links.of("l/l/l/l/../../../../../secret", "l -> ."),
                Links.of("l/secret", "l -> /proc/self/cwd"),
                Links.of("l/etc/passwd", "l -> /proc/self/root"),
                Links.of("l/0", "l -> /proc/self/fd"),
                Links.of("l", "l -> /proc/self/environ"),
                Links.of("l/root/etc/passwd", "l -> /proc/self"),
                Links.of("l", "l -> /dev/zero"),
                Links.of("l", "l -> /"),
                Links.of("l/etc/passwd", "l -> /"),
                Links.of("l/etc/passwd", "l -> //"),
                Links.of("l", "l -> ../sign"),
                Links.of("l", "l -> ../missing"),
                Links.of("l/new", "l -> ../missing"),
                Links.of("l", "l -> missing/../../secret"),
                Links.of("l", "l -> f/../../secret"),
                Links.of("l", "l -> f/"),
                Links.of("l/..", "l -> f"),
                Links.of("l", "l -> WORLD/cage/f"),
                Links.of("l/../../secret", "l -> WORLD/cage/a"),
                Links.of("l", "l -> .tenon-staging-x"),
                Links.of("l", "l -> ~"),
                Links.of("l", "l -> a/b/../../../cage-2/secret"));
    }

    @ParameterizedTest
    @MethodSource("links")
    void links(Links trick) throws IOException {
        var cage = new Cage(folder);
        for (String link : trick.links()) {
            String[] sides = link.replace("WORLD", cage.world.toString()).split(" -> ");
            cage.link(sides[0], sides[1]);
        }
        cage.tryAll(trick.path());
        cage.check();
    }

    /** What a guest does to a link that leads out: once for each way to open it. */
    static Stream<Integer> openFlags() {
        return IntStream.range(0, 16).boxed();
    }

    @ParameterizedTest
    @MethodSource("openFlags")
    void everyWayToOpenALinkThatLeadsOut(int open) throws IOException {
        var cage = new Cage(folder)
                .link("file", "../secret")
                .link("folder", "../rooms")
                .link("nowhere", "../new")
                .link("absolute", Path.of("/etc/passwd"));
        for (int flags = 0; flags < 64; flags++) {
            for (String path : List.of("file", "folder", "nowhere", "absolute", "folder/secret", "folder/new")) {
                for (PathFlags follow : List.of(Cage.FOLLOW, Cage.NO_FOLLOW)) {
                    cage.tryOpen(path, follow, open, flags);
                }
            }
        }
        cage.check();
    }

    @Test
    void aHardLinkToALinkIsALink() throws IOException {
        var cage = new Cage(folder).link("l", "../secret");
        Files.createLink(cage.host.resolve("hard"), cage.host.resolve("l"));
        assertTrue(Files.isSymbolicLink(cage.host.resolve("hard")));
        cage.tryAll("hard");
        cage.check();
    }

    @Test
    void aLinkOfTheGuestsOwnIsWalkedAsAnyOther() throws IOException {
        var cage = new Cage(folder);
        for (String target : List.of("..", "../secret", "a/../../rooms", "../../..", "../../proc/self/root")) {
            cage.types.symlinkAt(cage.root, target, "own");
            for (String path : List.of("own", "own/secret", "own/..", "own/etc/passwd")) {
                for (int open = 0; open < 16; open++) {
                    cage.tryOpen(path, Cage.FOLLOW, open, READ | WRITE);
                    cage.tryOpen(path, Cage.FOLLOW, open, READ | MUTATE);
                }
            }
            cage.types.unlinkFileAt(cage.root, "own");
        }
        cage.check();
    }

    @Test
    void aLinkThatIsMovedOrLinkedLeadsNowhereElse() throws IOException {
        var cage = new Cage(folder).link("a/b/l", "../../f");
        cage.types.renameAt(cage.root, "a/b/l", cage.root, "l");
        cage.tryAll("l");
        cage.types.symlinkAt(cage.root, "../secret", "a/s");
        cage.types.renameAt(cage.root, "a/s", cage.root, "s");
        cage.tryAll("s");
        cage.check();
    }

    @Test
    void aDescriptorOfAFolderBelowIsNoWayOutEither() throws IOException {
        var cage = new Cage(folder).link("a/up", "../..");
        var below = descriptor(cage, "a/b");
        for (String path : List.of("..", "../f", "../../..", "../../../secret", "../up/secret")) {
            assertTrue(cage.open(below, path, Cage.FOLLOW, 0, READ) instanceof Result.Err, path);
        }
        below.close();
        cage.check();
    }

    @Test
    void aFolderThatIsMovedDoesNotTakeItsParentAlong() throws IOException {
        var cage = new Cage(folder);
        var below = descriptor(cage, "a/b");
        // the host moves it out: what is open stays granted, its new surroundings are not
        Files.move(cage.host.resolve("a/b"), cage.world.resolve("rooms/moved"));
        for (String path : List.of("..", "../secret", "../../secret", "../inner")) {
            assertTrue(cage.open(below, path, Cage.FOLLOW, 0, READ) instanceof Result.Err, path);
        }
        below.close();
        assertEquals(1, cage.opened.count(), "the grant itself");
        cage.root.close();
    }

    @Test
    void aFolderThatIsRemovedWhileOpenIsEmpty() throws IOException {
        var cage = new Cage(folder);
        var below = descriptor(cage, "a/b");
        cage.types.removeDirectoryAt(cage.root, "a/b");
        cage.types.symlinkAt(cage.root, "../../rooms", "a/b");
        for (String path : List.of("secret", "new", "..", "../f", ".")) {
            for (int open = 0; open < 16; open++) {
                if (cage.open(below, path, Cage.FOLLOW, open, READ | WRITE)
                        instanceof Result.Ok<Descriptor, ErrorCode>(Descriptor found)) {
                    found.close();
                }
            }
            cage.types.createDirectoryAt(below, path);
            cage.types.symlinkAt(below, "f", path);
        }
        cage.look("a/b", below);
        below.close();
        cage.check();
    }

    @Test
    void twoGrantsAreTwoCages() throws IOException {
        var cage = new Cage(folder);
        Path other = Files.createDirectory(cage.host.resolve("other"));
        var second = new Preopens(
                        cage.root.readiness(), cage.opened, List.of(new Preopens.Grant(other, "/other", false)))
                .getDirectories()
                .getFirst()
                .descriptor();
        for (String path : List.of("..", "../f", "../../secret", "/f")) {
            assertTrue(cage.open(second, path, Cage.FOLLOW, 0, READ) instanceof Result.Err, path);
            cage.types.renameAt(cage.root, "f", second, path);
            cage.types.linkAt(cage.root, Cage.NO_FOLLOW, "f", second, path);
            cage.types.renameAt(second, path, cage.root, "stolen");
        }
        second.close();
        assertTrue(Files.exists(cage.host.resolve("f")));
        cage.check();
    }

    @Test
    void aGrantThroughALinkIsTheFolderBehindIt() throws IOException {
        var cage = new Cage(folder);
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), cage.host);
        var root = new Preopens(cage.root.readiness(), cage.opened, List.of(new Preopens.Grant(alias, "/", false)))
                .getDirectories()
                .getFirst()
                .descriptor();
        Files.delete(alias);
        Files.createSymbolicLink(alias, cage.world);
        for (String path : List.of("secret", "..", "../secret")) {
            assertTrue(cage.open(root, path, Cage.FOLLOW, 0, READ) instanceof Result.Err, path);
        }
        assertTrue(cage.types.createDirectoryAt(root, "made") instanceof Result.Ok);
        root.close();
        cage.check();
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        var cage = new Cage(folder);
        int code = new ProcessBuilder("mkfifo", cage.host.resolve("pipe").toString())
                .start()
                .waitFor();
        assertEquals(0, code);
        cage.tryAll("pipe");
        cage.check();
    }

    /** Something that swaps what stands in the guest's way, as fast as it can. */
    @FunctionalInterface
    private interface Swap {
        void once() throws IOException;
    }

    private static Thread swapping(AtomicBoolean over, Swap swap) {
        return Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                try {
                    swap.once();
                } catch (FileSystemException _) {
                    // the guest was faster
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    private void race(Cage cage, Swap swap, String... paths) throws Exception {
        var over = new AtomicBoolean();
        Thread racer = swapping(over, swap);
        try {
            long end = System.nanoTime() + 700_000_000L;
            while (System.nanoTime() < end) {
                for (String path : paths) {
                    cage.tryOpen(path, Cage.FOLLOW, 0, READ);
                    cage.tryOpen(path, Cage.FOLLOW, 1, READ | WRITE);
                    cage.types.statAt(cage.root, Cage.FOLLOW, path);
                    cage.types.setTimesAt(cage.root, Cage.FOLLOW, path, new NewTimestamp.Now(), new NewTimestamp.Now());
                    cage.types.createDirectoryAt(cage.root, path + "-folder");
                    cage.types.removeDirectoryAt(cage.root, path + "-folder");
                }
            }
        } finally {
            over.set(true);
            racer.join();
        }
        cage.check();
    }

    /**
     * The JDK makes hard links by path only: in a race one may be made to a file outside, under a name that no guest can use; it is found
     * out and removed before a guest can see it (`Staging`).
     */
    private void raceOfLinks(Cage cage, Swap swap, String path) throws Exception {
        var over = new AtomicBoolean();
        Thread racer = swapping(over, swap);
        try {
            long end = System.nanoTime() + 700_000_000L;
            while (System.nanoTime() < end) {
                cage.types.linkAt(cage.root, Cage.NO_FOLLOW, path, cage.root, "linked");
                cage.tryOpen("linked", Cage.FOLLOW, 0, READ);
                cage.types.unlinkFileAt(cage.root, "linked");
            }
        } finally {
            over.set(true);
            racer.join();
        }
        try (var left = Files.list(cage.host)) {
            assertEquals(
                    List.of(),
                    left.filter(each -> each.toString().contains("staging")).toList());
        }
        cage.checkButForChange();
    }

    @Test
    void aFileThatTurnsIntoALink() throws Exception {
        var cage = new Cage(folder);
        Path at = cage.host.resolve("x");
        Path file = Files.writeString(cage.host.resolve("spare"), "mine");
        race(
                cage,
                () -> {
                    Files.deleteIfExists(at);
                    Files.createSymbolicLink(at, Path.of("../secret"));
                    Files.deleteIfExists(at);
                    Files.createLink(at, file);
                },
                "x");
    }

    @Test
    void aFolderThatTurnsIntoALink() throws Exception {
        var cage = new Cage(folder);
        race(cage, turningFolder(cage), "x/secret", "x/new", "x/../f");
    }

    @Test
    void aFolderThatTurnsIntoALinkWhileItIsLinkedFrom() throws Exception {
        var cage = new Cage(folder);
        raceOfLinks(cage, turningFolder(cage), "x/secret");
    }

    private static Swap turningFolder(Cage cage) throws IOException {
        Path at = cage.host.resolve("x");
        Path real = Files.createDirectory(cage.host.resolve("real"));
        Path fake = Files.createSymbolicLink(cage.host.resolve("fake"), Path.of("../rooms"));
        Files.writeString(real.resolve("secret"), "mine");
        return () -> {
            Files.move(real, at);
            Files.move(at, real);
            Files.move(fake, at);
            Files.move(at, fake);
        };
    }

    @Test
    void aLinkWhoseTargetChanges() throws Exception {
        var cage = new Cage(folder);
        Path at = cage.host.resolve("x");
        Path next = cage.host.resolve("next");
        int[] count = {0};
        List<String> targets = List.of("f", "../secret", "a/f", "..", "a", "/etc/passwd");
        race(
                cage,
                () -> {
                    Files.deleteIfExists(next);
                    Files.createSymbolicLink(next, Path.of(targets.get(count[0]++ % targets.size())));
                    Files.move(next, at, StandardCopyOption.ATOMIC_MOVE);
                },
                "x",
                "x/f");
    }

    @Test
    void aFolderThatMovesUpAndDown() throws Exception {
        var cage = new Cage(folder);
        Path deep = Files.createDirectories(cage.host.resolve("d1/d2/d3"));
        Path high = cage.host.resolve("d3");
        race(
                cage,
                () -> {
                    Files.move(deep, high);
                    Files.move(high, deep);
                },
                "d1/d2/d3/../../../f",
                "d1/d2/d3/../../../../secret",
                "d3/../../secret");
    }

    @Test
    void tricksAreAtLeastAHundred() {
        long tricks = paths().distinct().count()
                + links().distinct().count()
                + openFlags().count();
        assertTrue(tricks >= 100, () -> String.valueOf(tricks));
    }

    private static Descriptor descriptor(Cage cage, String path) {
        return switch (cage.open(cage.root, path, Cage.FOLLOW, 0, READ | MUTATE)) {
            case Result.Ok<Descriptor, ErrorCode>(Descriptor found) -> found;
            case Result.Err<Descriptor, ErrorCode>(ErrorCode code) -> throw new AssertionError(path + ": " + code);
        };
    }
}
