package tenon.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SharedFolderTest {
    private static final String PROPERTY = "tenon.shared";

    @Test
    void propertyNamesTheFolder(@TempDir Path folder) throws IOException {
        String before = System.getProperty(PROPERTY, "");
        Path suite = Files.createDirectory(folder.resolve("suite"));
        System.setProperty(PROPERTY, folder.toString());
        try {
            assertEquals(Optional.of(suite), SharedFolder.find("suite"));
            assertEquals(Optional.empty(), SharedFolder.find("nothing"));
        } finally {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void absenceIsSaidWithThePath() {
        assertEquals("`../shared/suite` is not there", SharedFolder.absent("suite"));
    }
}
