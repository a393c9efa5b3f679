package tenon.host.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tenon.app.manifest.Manifest;
import tenon.app.manifest.ManifestReader;
import tenon.wasi.WasiConfig;

class ComponentFilesTest {
    @TempDir
    Path folder;

    private Manifest manifest(String files) {
        return ManifestReader.read("""
                spin_manifest_version = 2
                [application]
                name = "test"
                [[trigger.http]]
                route = "/..."
                component = "one"
                [component.one]
                source = "one.wasm"
                files = [%s]
                """.formatted(files), "spin.toml", folder);
    }

    private ComponentFiles of(String files) throws IOException {
        Manifest manifest = manifest(files);
        return ComponentFiles.of(manifest, manifest.components().get("one"));
    }

    @Test
    void filesLieWhereTheManifestPutsThemAndGoWithTheApplication() throws IOException {
        Files.createDirectories(folder.resolve("config/deep"));
        Files.writeString(folder.resolve("config/a.txt"), "a");
        Files.writeString(folder.resolve("config/deep/b.txt"), "b");
        Files.writeString(folder.resolve("c.txt"), "c");
        Path root;
        try (var files = of("{ source = \"config/\", destination = \"/etc/config\" }, \"c.txt\"")) {
            root = files.root().orElseThrow();
            assertEquals("a", Files.readString(root.resolve("etc/config/a.txt")));
            assertEquals("b", Files.readString(root.resolve("etc/config/deep/b.txt")));
            assertEquals("c", Files.readString(root.resolve("c.txt")));
            var grants = files.in(WasiConfig.NOTHING).directories();
            assertEquals(1, grants.size());
            assertEquals("/", grants.getFirst().guest());
            assertTrue(grants.getFirst().readOnly());
        }
        assertFalse(Files.exists(root));
        assertEquals("a", Files.readString(folder.resolve("config/a.txt")));
    }

    @Test
    void aComponentWithoutFilesHasNoRoot() throws IOException {
        try (var files = of("")) {
            assertEquals(WasiConfig.NOTHING, files.in(WasiConfig.NOTHING));
        }
    }

    @Test
    void whatGuestsPrintGoesToTheFileAndTheCopyAndABigFileIsReplaced() throws IOException {
        var copy = new ByteArrayOutputStream();
        try (var log = GuestLog.open(folder.resolve("logs"), "one_stdout", copy, 10)) {
            log.write("12345678\n".getBytes(UTF_8));
            log.write("next\n".getBytes(UTF_8));
        }
        try (var log = GuestLog.open(folder.resolve("logs"), "one_stdout", copy, 10)) {
            log.write("more\n".getBytes(UTF_8));
        }
        assertEquals("next\nmore\n", Files.readString(folder.resolve("logs/one_stdout.txt")));
        assertEquals("12345678\n", Files.readString(folder.resolve("logs/one_stdout.txt.old")));
        assertEquals("12345678\nnext\nmore\n", copy.toString(UTF_8));
    }
}
