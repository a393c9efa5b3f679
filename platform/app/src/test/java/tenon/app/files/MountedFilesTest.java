package tenon.app.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tenon.app.ManifestException;
import tenon.app.manifest.ManifestReader;

class MountedFilesTest {
    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        folder = outside.resolve("app");
        for (String file : List.of(
                "app/a.txt",
                "app/b.md",
                "app/pictures/one.png",
                "app/pictures/two.png",
                "app/pictures/old/three.png",
                "app/config/app.conf",
                "app/config/secret/key",
                "secret.txt",
                "other/file.txt")) {
            Files.createDirectories(outside.resolve(file).getParent());
            Files.writeString(outside.resolve(file), file);
        }
    }

    /** What the guest sees, as {@code GUEST < HOST}. */
    private List<String> seen(String files, String excluded) {
        return mount(files, excluded).stream()
                .map(file -> file.guest() + " < " + relative(file.host()))
                .toList();
    }

    private String relative(Path host) {
        try {
            return folder.toRealPath().relativize(host).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<MountedFile> mount(String files, String excluded) {
        var manifest = ManifestReader.read("""
                spin_manifest_version = 2
                application.name = "x"
                trigger = {}
                [component.x]
                source = "x.wasm"
                files = [%s]
                exclude_files = [%s]
                """.formatted(files, excluded), "spin.toml", folder);
        return MountedFiles.of(manifest.components().get("x"), folder);
    }

    private String refusal(String files) {
        return assertThrows(ManifestException.class, () -> seen(files, "")).fact();
    }

    @Test
    void patternsShowFilesAtTheirPath() {
        assertEquals(List.of("/a.txt < a.txt"), seen("'*.txt'", ""));
        assertEquals(
                List.of("/pictures/one.png < pictures/one.png", "/pictures/two.png < pictures/two.png"),
                seen("'pictures/*.png'", ""));
        assertEquals(3, seen("'**/*.png'", "").size());
        assertEquals(7, seen("'./**/*'", "").size());
        assertEquals(List.of("/pictures/one.png < pictures/one.png"), seen("'p*/[!a-n]*.png'", "'*two*', '*/old/*'"));
        assertEquals(List.of("/a.txt < a.txt"), seen("'a.txt'", "'a.txt'"));
        assertEquals(3, seen("'pictures'", "").size());
        assertEquals(List.of(), seen("'pictures/**', 'none/*'", ""));
    }

    @Test
    void placementsShowFilesElsewhere() {
        assertEquals(
                List.of("/etc/config/app.conf < config/app.conf", "/etc/config/secret/key < config/secret/key"),
                seen("{ source = 'config/', destination = '/etc/config' }", ""));
        assertEquals(
                List.of("/app.conf < config/app.conf"),
                seen("{ source = 'config', destination = '/' }", "'config/secret/*'"));
        assertEquals(List.of("/x/y < b.md"), seen("{ source = 'b.md', destination = 'x/./y' }", ""));
        assertEquals(
                List.of("/z < b.md"),
                seen("{ source = 'a.txt', destination = 'z' }, { source = 'b.md', destination = '/z' }", ""));
    }

    @Test
    void nothingOutsideTheFolderIsSeen() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("inner.txt"), folder.resolve("a.txt"));
        Files.createSymbolicLink(folder.resolve("other"), outside.resolve("other"));
        assertTrue(refusal("'../secret.txt'").contains("outside the manifest's folder"));
        assertTrue(refusal("'pictures/../../*.txt'").contains("outside the manifest's folder"));
        assertTrue(refusal("'" + outside.resolve("secret.txt") + "'").contains("outside the manifest's folder"));
        assertTrue(refusal("{ source = '..', destination = '/' }").contains("outside the manifest's folder"));
        assertTrue(refusal("{ source = 'other', destination = '/' }").contains("outside the manifest's folder"));
        assertTrue(refusal("'other/*'").contains("outside the manifest's folder"));
        assertTrue(refusal("'link.txt'").contains("outside the manifest's folder"));
        assertEquals("`link.txt` is a link that leads out of the manifest's folder", refusal("'*.txt'"));
        assertEquals(List.of("/inner.txt < a.txt"), seen("'inner.txt'", ""));
        assertEquals(List.of(), seen("'**/file.txt'", ""));
        assertTrue(refusal("{ source = 'a.txt', destination = '/../a' }").contains("out of the root"));
    }

    @Test
    void tellsWhatIsNotThere() {
        assertTrue(refusal("'none.txt'").startsWith("`none.txt` does not exist"));
        assertTrue(refusal("{ source = 'none', destination = '/' }").startsWith("`none` does not exist"));
        assertTrue(refusal("{ source = 'a.txt', destination = '/x/' }").contains("is a folder"));
        assertTrue(refusal("'pictures/..'").contains("ends in a folder"));
        assertTrue(refusal("'a**'").contains("`**`"));
        assertTrue(refusal("'[a'").contains("has no end"));
    }
}
