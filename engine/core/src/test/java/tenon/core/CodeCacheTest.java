package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tenon.core.cache.CacheContent;
import tenon.core.cache.CodeCache;
import tenon.core.compile.WasmBytes;
import tenon.types.InvalidException;
import tenon.wasm.Module;

class CodeCacheTest {
    @TempDir
    private Path parent;

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    private Path folder() {
        return parent.resolve("cache");
    }

    private CodeCache cache() {
        return CodeCache.in(folder()).withWarnings(warnings::add);
    }

    /** Four functions, each in a class of its own, that give {@code first}, {@code first + 1} and so on. */
    private static Module numbers(int first) {
        var code = new StringBuilder("04");
        for (int i = 0; i < 4; i++) {
            code.append(String.format("04 00 41 %02x 0b", first + i));
        }
        return new WasmBytes()
                .section(1, "01 60 00 01 7f")
                .section(3, "04 00 00 00 00")
                .section(10, code.toString())
                .decode();
    }

    /** What a process would do: call functions of a module, and end. */
    private CodeCounts use(CodeCache cache, Module module, int first, int... functions) throws Throwable {
        try (cache) {
            var engine = new CoreEngine(EngineOptions.DEFAULT.withGroupBytes(1).withCache(cache));
            engine.validate(module);
            CoreInstance instance = engine.compile(module).link().instantiate(Imports.NONE);
            for (int function : functions) {
                assertEquals(first + function, (int)
                        instance.function(function).handle().invokeExact());
            }
            return engine.codeCounts();
        }
    }

    private Path onlyFile() throws IOException {
        List<CacheContent.Entry> entries = cache().content().entries();
        assertEquals(1, entries.size());
        return entries.getFirst().path();
    }

    @Test
    void whatOneProcessCompilesTheNextOneFinds() throws Throwable {
        CodeCounts first = use(cache(), numbers(10), 10, 0, 1);
        assertTrue(first.compiledClasses() >= 3 && first.cachedClasses() == 0);
        CodeCounts second = use(cache(), numbers(10), 10, 0, 1);
        assertEquals(0, second.compiledClasses());
        assertEquals(first.compiledClasses(), second.cachedClasses());
        assertEquals(first.methods(), second.methods());
        assertEquals(List.of(), warnings);
    }

    @Test
    void laterProcessesAddToTheFile() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        assertEquals(1, use(cache(), numbers(10), 10, 0, 3).compiledClasses());
        assertEquals(0, use(cache(), numbers(10), 10, 3, 0).compiledClasses());
        onlyFile();
    }

    @Test
    void aModuleInTwoPlacesOfALinkageHasTwoPackages() throws Throwable {
        for (int round = 0; round < 2; round++) {
            try (CodeCache cache = cache()) {
                var engine = new CoreEngine(EngineOptions.DEFAULT.withCache(cache));
                CoreModule module = engine.compile(numbers(10));
                var linkage = new Linkage();
                for (int i = 0; i < 2; i++) {
                    CoreInstance instance = module.link(linkage, List.of()).instantiate(Imports.NONE);
                    assertEquals(11, (int) instance.function(1).handle().invokeExact());
                }
                assertEquals(round == 0, engine.codeCounts().compiledClasses() > 0);
            }
        }
    }

    @Test
    void compilingAheadLeavesNothingToCompile() throws Throwable {
        try (CodeCache cache = cache()) {
            var engine = new CoreEngine(EngineOptions.DEFAULT.withGroupBytes(1).withCache(cache));
            engine.compile(numbers(10)).compileAhead(() -> {});
        }
        assertEquals(0, use(cache(), numbers(10), 10, 0, 1, 2, 3).compiledClasses());
    }

    @Test
    void validModulesAreRememberedAndOthersAreNot() throws Throwable {
        use(cache(), numbers(10), 10);
        CodeCache cache = cache();
        String options = EngineOptions.DEFAULT.withGroupBytes(1).traits();
        assertTrue(cache.module(numbers(10), options).orElseThrow().isValid());
        Module invalid = WasmBytes.function("60 00 01 7f", "00", "0b");
        for (int i = 0; i < 2; i++) {
            try (CodeCache other = cache()) {
                var engine = new CoreEngine(EngineOptions.DEFAULT.withCache(other));
                assertThrows(InvalidException.class, () -> engine.validate(invalid));
            }
        }
    }

    @Test
    void damageAnywhereIsFoundAndCompiledAnew() throws Throwable {
        use(cache(), numbers(10), 10, 0, 1, 2, 3);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 23) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            useDamaged(file, damaged, "byte " + at);
        }
        for (int length = 0; length < whole.length; length += 211) {
            useDamaged(file, java.util.Arrays.copyOf(whole, length), "length " + length);
        }
        useDamaged(file, java.util.Arrays.copyOf(whole, whole.length + 1), "a byte too many");
    }

    private void useDamaged(Path file, byte[] damaged, String what) throws Throwable {
        Files.write(file, damaged);
        warnings.clear();
        assertTrue(use(cache(), numbers(10), 10, 0, 1, 2, 3).compiledClasses() > 0, what);
        assertFalse(warnings.isEmpty(), what);
        assertTrue(warnings.getFirst().contains("is damaged"), warnings.toString());
        warnings.clear();
        assertEquals(0, use(cache(), numbers(10), 10, 0, 1, 2, 3).compiledClasses(), what + ", mended");
        assertEquals(List.of(), warnings);
    }

    @Test
    void codeOfOtherOptionsOrOfAnotherModuleIsNotUsed() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        Path ten = onlyFile();
        try (CodeCache cache = cache()) {
            var engine = new CoreEngine(EngineOptions.DEFAULT
                    .withGroupBytes(1)
                    .withInterruptible(false)
                    .withCache(cache));
            engine.compile(numbers(10)).link().instantiate(Imports.NONE);
            assertEquals(0, engine.codeCounts().cachedClasses());
        }
        Files.delete(cache().content().entries().stream()
                .map(CacheContent.Entry::path)
                .filter(path -> !path.equals(ten))
                .findFirst()
                .orElseThrow());
        byte[] codeOfTen = Files.readAllBytes(ten);
        Files.delete(ten);
        use(cache(), numbers(20), 20, 0);
        Path twenty = onlyFile();
        assertNotEquals(ten, twenty);
        Files.write(twenty, codeOfTen);
        assertTrue(use(cache(), numbers(20), 20, 0).compiledClasses() > 0);
        assertTrue(warnings.getFirst().contains("another module"), warnings.toString());
    }

    @Test
    void processesAtOnceDoNotHarmEachOther() throws Throwable {
        int processes = 4;
        for (int round = 0; round < 10; round++) {
            Module module = numbers(10 + round);
            int first = 10 + round;
            var ready = new CountDownLatch(processes);
            var errors = Collections.synchronizedList(new ArrayList<Throwable>());
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < processes; i++) {
                int function = i;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        ready.countDown();
                        ready.await();
                        use(cache(), numbers(first), first, function);
                    } catch (Throwable e) {
                        errors.add(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), errors);
            use(cache(), module, first, 0, 1, 2, 3);
            assertEquals(0, use(cache(), module, first, 0, 1, 2, 3).compiledClasses());
        }
        assertEquals(List.of(), warnings);
        try (Stream<Path> files = Files.list(folder())) {
            assertEquals(10, files.count(), "files are left behind");
        }
    }

    @Test
    void aFolderThatOthersCanWriteToIsRefused() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertEquals(0, use(cache(), numbers(10), 10, 0).cachedClasses());
        assertTrue(warnings.getFirst().contains("can be written to by others"), warnings.toString());
        assertFalse(cache().isWritable());
    }

    @Test
    void aFolderThatOthersCanReplaceIsRefused() throws Throwable {
        Path open = Files.createDirectory(parent.resolve("open"));
        CodeCache below = CodeCache.in(open.resolve("own/cache")).withWarnings(warnings::add);
        use(below, numbers(10), 10, 0);
        assertEquals(List.of(), warnings);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        below = CodeCache.in(open.resolve("own/cache")).withWarnings(warnings::add);
        assertEquals(0, use(below, numbers(10), 10, 0).cachedClasses());
        assertTrue(warnings.getFirst().contains("lies in `" + open.toRealPath() + "`"), warnings.toString());
    }

    @Test
    void aLinkThatIsTurnedLaterLeadsToNoOtherCode() throws Throwable {
        Path own = Files.createDirectory(parent.resolve("own"));
        Path other = Files.createDirectory(parent.resolve("other"));
        Path link = Files.createSymbolicLink(folder(), own);
        CodeCache cache = cache();
        var engine = new CoreEngine(EngineOptions.DEFAULT.withGroupBytes(1).withCache(cache));
        engine.compile(numbers(20));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        assertEquals(10, (int) engine.compile(numbers(10))
                .link()
                .instantiate(Imports.NONE)
                .function(0)
                .handle()
                .invokeExact());
        cache.close();
        assertEquals(0, CodeCache.in(other).content().entries().size());
        assertEquals(1, CodeCache.in(own).content().entries().size());
    }

    @Test
    void namesThatGuestsChooseNeitherEndTheCacheNorForgeLines() throws Throwable {
        String evil = "a\nWARNING forged\u001b[2J" + "x".repeat(70_000);
        byte[] name = evil.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var module = new WasmBytes()
                .section(1, "01 60 00 01 7f")
                .section(3, "01 00")
                .section(10, "01 04 00 41 0a 0b")
                .section(0, "04 6e 61 6d 65 00 " + leb(name.length + 3) + leb(name.length) + hex(name))
                .decode();
        assertEquals(evil, module.names().module().orElseThrow());
        use(cache(), module, 10, 0);
        assertEquals(List.of(), warnings);
        CacheContent.Entry entry = cache().content().entries().getFirst();
        assertTrue(entry.label().startsWith("a\ufffdWARNING forged\ufffd[2Jxx"), entry.label());
        assertTrue(entry.label().length() < 300);
    }

    private static String leb(int number) {
        return String.format("%02x %02x %02x ", number & 0x7f | 0x80, number >> 7 & 0x7f | 0x80, number >> 14);
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    @Test
    void aFileThatOthersCanWriteToIsNotUsed() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        Files.setPosixFilePermissions(onlyFile(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertEquals(0, use(cache(), numbers(10), 10, 0).cachedClasses());
        assertTrue(warnings.getFirst().contains("can be written to by others"), warnings.toString());
    }

    @Test
    void whatIsMadeIsForTheUserAlone() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())));
    }

    @Test
    void aFolderOfAnotherUserIsRefused() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        try {
            Files.setAttribute(folder(), "unix:uid", 12345);
        } catch (IOException e) {
            assumeTrue(false, "only the superuser can give a folder away: " + e.getMessage());
        }
        assertEquals(0, use(cache(), numbers(10), 10, 0).cachedClasses());
        assertTrue(warnings.getFirst().contains("belongs to another user"), warnings.toString());
    }

    @Test
    void aFolderThatCannotBeMadeIsDoneWithout() throws Throwable {
        Files.createFile(folder());
        CodeCache below = CodeCache.in(folder().resolve("below")).withWarnings(warnings::add);
        assertTrue(use(below, numbers(10), 10, 0).compiledClasses() > 0);
        assertEquals(1, warnings.size(), warnings.toString());
    }

    @Test
    void aFolderThatCanOnlyBeReadIsRead() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("r-x------"));
        assumeTrue(!Files.isWritable(folder()), "the superuser can write to any folder");
        CodeCounts counts = use(cache(), numbers(10), 10, 0, 1);
        assertEquals(1, counts.compiledClasses());
        assertTrue(counts.cachedClasses() > 0);
        assertEquals(List.of(), warnings);
    }

    @Test
    void writingThatFailsIsSaidOnce() throws Throwable {
        CodeCache cache = cache();
        var engine = new CoreEngine(EngineOptions.DEFAULT.withGroupBytes(1).withCache(cache));
        CoreInstance instance = engine.compile(numbers(10)).link().instantiate(Imports.NONE);
        Files.delete(folder());
        cache.flush();
        assertEquals(10, (int) instance.function(0).handle().invokeExact());
        cache.close();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.getFirst().contains("cannot be written to"), warnings.toString());
        assertFalse(cache.isWritable());
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        long one = Files.size(onlyFile());
        for (CacheContent.Entry entry : cache().content().entries()) {
            Files.setLastModifiedTime(entry.path(), FileTime.from(Instant.now().minusSeconds(1000)));
        }
        use(cache(), numbers(20), 20, 0);
        // used again: the other one is older now
        use(cache(), numbers(10), 10, 0);
        for (CacheContent.Entry entry : cache().content().entries().subList(1, 2)) {
            Files.setLastModifiedTime(entry.path(), FileTime.from(Instant.now().minusSeconds(500)));
        }
        use(cache().withLimit(5 * one / 2), numbers(30), 30, 0);
        assertEquals(2, cache().content().entries().size());
        assertEquals(1, use(cache().withLimit(5 * one / 2), numbers(30), 30, 0).cachedClasses() > 0 ? 1 : 0);
    }

    @Test
    void pruningRemovesDamagedFilesAndCleaningAll() throws Throwable {
        use(cache(), numbers(10), 10, 0);
        use(cache(), numbers(20), 20, 0);
        Path damaged = cache().content().entries().getFirst().path();
        Files.write(damaged, new byte[] {1, 2, 3});
        Path foreign = Files.writeString(folder().resolve("letter.code"), "dear");
        assertEquals(
                CacheContent.State.DAMAGED,
                cache().content().entries().stream()
                        .filter(entry -> entry.path().equals(damaged))
                        .findFirst()
                        .orElseThrow()
                        .state());
        assertEquals(3, cache().content().prune());
        assertEquals(1, cache().content().entries().size());
        assertTrue(cache().content().clean() > 0);
        assertEquals(List.of(), cache().content().entries());
        assertTrue(Files.exists(foreign), "a file that is none of the cache's");
    }

    @Test
    void aThreadWritesWithoutBeingAsked() throws Throwable {
        CodeCache cache = cache();
        var engine = new CoreEngine(EngineOptions.DEFAULT.withGroupBytes(1).withCache(cache));
        CoreInstance instance = engine.compile(numbers(10)).link().instantiate(Imports.NONE);
        assertEquals(10, (int) instance.function(0).handle().invokeExact());
        for (int waited = 0; cache().content().entries().isEmpty() && waited < 200; waited++) {
            Thread.sleep(50);
        }
        onlyFile();
        // what was written is found in the file from now on
        assertEquals(0, use(cache(), numbers(10), 10, 0).compiledClasses());
    }
}
