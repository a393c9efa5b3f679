package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainingTest {

    @Test
    void everyCommandOfTheTrainingIsDone() {
        Path hello = Path.of(System.getProperty("tenon.root"), "examples/hello/hello.wasm");
        assertEquals(Tenon.DONE, Training.run(hello));
    }
}
