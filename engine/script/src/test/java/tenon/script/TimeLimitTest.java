package tenon.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeLimitTest {

    @Test
    void componentsAreStopped(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("a.wast"), """
                (component
                  (core module $m (func (export "forever") (loop (br 0))))
                  (core instance $i (instantiate $m))
                  (func (export "forever") (canon lift (core func $i "forever"))))
                (assert_return (invoke "forever"))
                (component)
                """);
        ScriptResult result = new ScriptFile(script).run(false, Duration.ofMillis(500));
        assertEquals(1, result.passed());
        assertEquals(2, result.failures().size());
        assertTrue(result.failures().getFirst().why().contains("longer than"), result.failures()::toString);
    }
}
