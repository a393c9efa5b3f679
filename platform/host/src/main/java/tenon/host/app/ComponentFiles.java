package tenon.host.app;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.app.ManifestException;
import tenon.app.files.MountedFile;
import tenon.app.files.MountedFiles;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.Manifest;
import tenon.wasi.WasiConfig;

/**
 * The files that a component sees: copies in a folder of their own, as they were when the application started, which guests may only read.
 * Whoever makes it closes it, which deletes the copies. Immutable.
 */
record ComponentFiles(Optional<Path> root) implements AutoCloseable {
    /** No files at all, and no root. */
    static final ComponentFiles NONE = new ComponentFiles(Optional.empty());

    private static final String GUEST_ROOT = "/";

    /**
     * Copies what the manifest names.
     *
     * @throws ManifestException if it names what is not there
     */
    static ComponentFiles of(Manifest manifest, ComponentSpec spec) throws IOException {
        List<MountedFile> files = MountedFiles.of(spec, manifest.folder());
        if (files.isEmpty()) {
            return NONE;
        }
        Path root = Files.createTempDirectory("tenon-files-");
        var made = new ComponentFiles(Optional.of(root));
        try {
            for (MountedFile file : files) {
                copy(file, root);
            }
            return made;
        } catch (Throwable failure) {
            made.close();
            throw failure;
        }
    }

    private static void copy(MountedFile file, Path root) throws IOException {
        Path to = root.resolve(file.guest().substring(GUEST_ROOT.length()));
        if (!to.normalize().startsWith(root)) {
            throw new ManifestException(file.place(), "`" + file.guest() + "` leads out of the root");
        }
        try {
            Files.createDirectories(to.getParent());
            // a link that has come in the file's place since it was found is copied as a link, and leads a guest
            // nowhere
            Files.copy(file.host(), to, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new ManifestException(
                    file.place(),
                    "file `" + file.host().getFileName() + "` cannot be copied to `" + file.guest() + "`: " + e);
        }
    }

    /** {@code config} with the files at the guest's root. */
    WasiConfig in(WasiConfig config) {
        return root.map(folder -> config.withReadOnlyDir(folder, GUEST_ROOT)).orElse(config);
    }

    @Override
    public void close() throws IOException {
        if (root.isEmpty()) {
            return;
        }
        Files.walkFileTree(root.get(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
