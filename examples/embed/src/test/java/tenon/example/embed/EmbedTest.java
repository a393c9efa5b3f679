package tenon.example.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbedTest {
    private static final String MAIN = "tenon.example.embed.Embed";

    @Test
    void runsOnTheModulePath() throws Exception {
        var command = List.of("-p", modules(), "-m", "tenon.example.embed/" + MAIN);
        assertEquals("rejected: Limit exceeded", run(command, "1", "20000", "EUR"));
    }

    @Test
    void runsOnTheClassPath() throws Exception {
        var command = List.of("-cp", modules(), MAIN);
        assertEquals("approved", run(command, "2", "42", "EUR"));
    }

    /** The example's own classes and the modules that it stands on, wherever the test itself found them. */
    private static String modules() {
        String paths = System.getProperty("jdk.module.path", "")
                + File.pathSeparator
                + System.getProperty("java.class.path", "")
                + File.pathSeparator
                + Path.of("target", "classes").toAbsolutePath();
        return Arrays.stream(paths.split(File.pathSeparator))
                .filter(each -> each.contains("tenon") || each.endsWith("classes"))
                .filter(each -> !each.contains("test-classes"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String run(List<String> main, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(main);
        command.add(Path.of("guest", "finance.wasm").toString());
        Stream.of(arguments).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertTrue(code == 0, () -> "exit " + code + ": " + output);
        return output.strip();
    }
}
