package tenon.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.Resolution;
import tenon.testing.GoldenFile;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.wasm.ModuleDecoder;

/** Text to binary: {@code wat/x.wat} gives {@code wat/x.hex}, {@code fail/x.wat} gives the message {@code fail/x.err}. */
class WatTest {
    private static final Path CASES = Path.of("src/test/cases");

    @TestFactory
    Stream<DynamicTest> textsGiveTheirBinaries() throws IOException {
        return cases("wat")
                .map(wat -> DynamicTest.dynamicTest(wat.getFileName().toString(), () -> {
                    byte[] binary = Wat.parse(wat.getFileName().toString(), Files.readAllBytes(wat));
                    ModuleDecoder.decode(binary);
                    GoldenFile.check(sibling(wat, ".hex"), dump(binary));
                }));
    }

    @TestFactory
    Stream<DynamicTest> binariesGiveTextsThatGiveThemBack() throws IOException {
        return cases("wat")
                .map(wat -> DynamicTest.dynamicTest(wat.getFileName().toString(), () -> {
                    byte[] binary = Wat.parse(wat.getFileName().toString(), Files.readAllBytes(wat));
                    String text = Wat.print(ModuleDecoder.decode(binary));
                    GoldenFile.check(sibling(wat, ".print"), text);
                    assertEquals(text, Wat.print(ModuleDecoder.decode(Wat.parse("printed", text))));
                }));
    }

    @TestFactory
    Stream<DynamicTest> wrongTextsGiveTheirErrors() throws IOException {
        return cases("fail")
                .map(wat -> DynamicTest.dynamicTest(wat.getFileName().toString(), () -> {
                    String name = wat.getFileName().toString();
                    byte[] text = Files.readAllBytes(wat);
                    var error = assertThrows(TenonException.class, () -> Wat.parse(name, text));
                    GoldenFile.check(sibling(wat, ".err"), error.getMessage() + "\n");
                }));
    }

    @Test
    void foldedInstructionsMayNestWithoutEnd() {
        int depth = 200_000;
        String text = "(func (result i32) " + "(i32.eqz ".repeat(depth) + "(i32.const 0)" + ")".repeat(depth) + ")";
        assertTrue(Wat.parse("deep.wat", text).length > depth);
    }

    @Test
    void blocksAndCommentsMayNestWithoutEnd() {
        int depth = 200_000;
        String blocks = "(func " + "block ".repeat(depth) + "(block ".repeat(depth) + ")".repeat(depth)
                + "end ".repeat(depth) + ")";
        assertTrue(Wat.parse("deep.wat", blocks).length > 4 * depth);
        String comments =
                "(;".repeat(depth) + ";)".repeat(depth) + "(@a " + "(".repeat(depth) + ")".repeat(depth) + ")";
        assertEquals(8, Wat.parse("deep.wat", comments).length);
    }

    @Test
    void byteThatIsNoUtf8IsMalformed() {
        byte[] text = {'(', 'm', 'o', 'd', 'u', 'l', 'e', '\n', ' ', (byte) 0xff, ')'};
        var error = assertThrows(MalformedException.class, () -> Wat.parse("x.wat", text));
        assertEquals("x.wat:2:2", error.place().describe());
        assertEquals("malformed UTF-8 encoding", error.fact());
    }

    @TestFactory
    Stream<DynamicTest> componentsGiveTheirBinaries() throws IOException {
        return cases("component")
                .map(wat -> DynamicTest.dynamicTest(wat.getFileName().toString(), () -> {
                    byte[] binary = Wat.parse(wat.getFileName().toString(), Files.readAllBytes(wat));
                    Resolution.of(ComponentDecoder.decode(binary));
                    GoldenFile.check(sibling(wat, ".hex"), dump(binary));
                }));
    }

    /** Whatever is written, an error is ours, and has a place. */
    @Test
    void brokenComponentsGiveErrorsWithPlaces() throws IOException {
        var random = new Random(20261121);
        List<Path> all = cases("component").toList();
        int wrong = 0;
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(Files.readString(all.get(i % all.size())));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + random.nextInt(12));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, end);
                    case 1 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                    case 2 -> text.setCharAt(at, (char) (' ' + random.nextInt(0x5f)));
                    default -> text.insert(at, "()$\"0 ".charAt(random.nextInt(6)));
                }
            }
            try {
                assertTrue(Wat.parse("x.wat", text.toString()).length > 8);
            } catch (TenonException error) {
                wrong++;
                assertInstanceOf(Place.TextPosition.class, error.place(), error.getMessage());
            }
        }
        assertTrue(wrong > 2_500, wrong + " of 5000 texts are wrong");
    }

    @Test
    void nestingOfComponentsIsLimited() {
        String components = "(component ".repeat(100_000) + ")".repeat(100_000);
        assertEquals(
                "types and components are nested more than 500 deep",
                assertThrows(MalformedException.class, () -> Wat.parse("x.wat", components))
                        .fact());
        String lists = "(component (type " + "(list ".repeat(100_000) + "u8" + ")".repeat(100_002);
        assertEquals(
                "types and components are nested more than 500 deep",
                assertThrows(MalformedException.class, () -> Wat.parse("x.wat", lists))
                        .fact());
    }

    private static Stream<Path> cases(String folder) throws IOException {
        try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
            List<Path> cases = files.filter(file -> file.toString().endsWith(".wat"))
                    .sorted()
                    .toList();
            assertTrue(!cases.isEmpty(), "no cases in `" + folder + "`");
            return cases.stream();
        }
    }

    private static Path sibling(Path file, String extension) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.wat$", extension));
    }

    /** Sixteen bytes a line, with their characters. */
    private static String dump(byte[] bytes) {
        var hex = HexFormat.ofDelimiter(" ");
        return IntStream.iterate(0, at -> at < bytes.length, at -> at + 16)
                .mapToObj(at -> {
                    int end = Math.min(bytes.length, at + 16);
                    String text = IntStream.range(at, end)
                            .mapToObj(i -> bytes[i] > ' ' && bytes[i] < 0x7f ? Character.toString(bytes[i]) : ".")
                            .collect(Collectors.joining());
                    return "%04x  %-47s  %s%n".formatted(at, hex.formatHex(bytes, at, end), text);
                })
                .collect(Collectors.joining());
    }
}
