package tenon.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tenon.testing.GoldenFile;
import tenon.types.MalformedException;
import tenon.types.TenonException;
import tenon.types.UnsupportedException;
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

    @Test
    void componentTextIsNotSupportedYet() {
        var error = assertThrows(UnsupportedException.class, () -> Wat.parse("x.wat", "(component)"));
        assertEquals("component text is not supported yet", error.fact());
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
