package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainingTest {

    @Test
    void everyCommandOfTheTrainingIsDone() {
        Path hello = Path.of(System.getProperty("tenon.root"), "examples/hello/hello.wasm");
        assertDoesNotThrow(() -> Training.run(hello));
    }
}
