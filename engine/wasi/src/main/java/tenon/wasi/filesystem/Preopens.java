package tenon.wasi.filesystem;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostInterface;
import tenon.wasi.io.Readiness;

/** {@code wasi:filesystem/preopens@0.2}: the directories that were granted. Confined to the Store. */
public final class Preopens {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:filesystem/preopens@0.2.12", Preopens.class, MethodHandles.lookup())
            .resourceOf("descriptor", FilesystemTypes.INTERFACE)
            .function("get-directories", "getDirectories", methodType(List.class))
            .build();

    private final Readiness readiness;
    private final Opened opened;
    private final List<Grant> grants;

    /** Exactly these; what is opened in them is counted in {@code opened}. */
    public Preopens(Readiness readiness, Opened opened, List<Grant> grants) {
        this.readiness = readiness;
        this.opened = opened;
        this.grants = List.copyOf(grants);
    }

    /**
     * A directory of the host that a guest may use. Immutable.
     *
     * @param host the directory
     * @param guest what the guest calls it
     * @param readOnly whether the guest may change nothing in it
     */
    public record Grant(Path host, String guest, boolean readOnly) {
        /**
         * Opens it and closes it again.
         *
         * @throws IOException if it is no directory, or the platform cannot grant one
         */
        public void check() throws IOException {
            try {
                Directory.root(new Opened(), host).release();
            } catch (RefusedException e) {
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
            }
        }
    }

    /** A directory with what the guest calls it; {@code tuple<descriptor, string>}. */
    public record Preopen(Descriptor descriptor, String path) {}

    /** {@code get-directories}: opened anew at each call. */
    public List<Preopen> getDirectories() {
        var directories = new ArrayList<Preopen>();
        for (Grant grant : grants) {
            int mutate = grant.readOnly() ? 0 : DescriptorFlags.MUTATE_DIRECTORY;
            directories.add(new Preopen(open(grant, mutate), grant.guest()));
        }
        return directories;
    }

    private Descriptor open(Grant grant, int mutate) {
        try {
            Directory root = Directory.root(opened, grant.host());
            return new Descriptor(
                    readiness,
                    new Descriptor.Node.Open(root),
                    root,
                    new DescriptorFlags(DescriptorFlags.READ | mutate));
        } catch (RefusedException e) {
            if (opened.isFull()) {
                throw new Trap(TrapKind.HOST, "`get-directories` was called with " + Opened.MOST + " files open");
            }
            throw new UncheckedIOException(
                    "directory `" + grant.host() + "` is granted and cannot be opened", new IOException(e));
        }
    }
}
