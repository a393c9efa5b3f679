package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tenon.text.Wat;

/**
 * A component or core module that a command reads, as binary or as text, from a file or, as {@code -}, from standard input. What it is
 * is told by how it begins, not by how the file is called.
 */
final class WebAssemblyInput {
    static final Path STANDARD = Path.of("-");

    private static final int PREAMBLE = 8;

    private WebAssemblyInput() {}

    /** The binary; a text is encoded. */
    static byte[] read(Console console, Path file) throws IOException {
        return encoded(file, bytes(console, file));
    }

    /** The same of bytes that were read from {@code file}. */
    static byte[] encoded(Path file, byte[] bytes) {
        if (isBinary(bytes)) {
            return bytes;
        }
        if (!isText(bytes)) {
            throw new UsageException(
                    "file `" + name(file) + "` is no WebAssembly, expected a component or core module, binary or text");
        }
        return Wat.parse(name(file), bytes);
    }

    /** What is in a file or on standard input. */
    static byte[] bytes(Console console, Path file) throws IOException {
        if (file.equals(STANDARD)) {
            return console.in().readAllBytes();
        }
        if (Files.isDirectory(file)) {
            throw new UsageException("`" + file + "` is a folder, expected a component or core module");
        }
        return Files.readAllBytes(file);
    }

    /** How errors call it. */
    static String name(Path file) {
        return file.equals(STANDARD) ? "standard input" : file.toString();
    }

    /** Whether it starts as binaries do. */
    static boolean isBinary(byte[] bytes) {
        return bytes.length >= PREAMBLE && bytes[0] == 0 && bytes[1] == 'a' && bytes[2] == 's' && bytes[3] == 'm';
    }

    /** Whether it can be a text: its first character that is not blank begins a parenthesis or a comment. */
    static boolean isText(byte[] bytes) {
        for (byte each : bytes) {
            if (each != ' ' && each != '\t' && each != '\n' && each != '\r') {
                return each == '(' || each == ';';
            }
        }
        return false;
    }
}
