package tenon.wasi.filesystem;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private final List<Grant> grants;

    /** Exactly these. */
    public Preopens(Readiness readiness, List<Grant> grants) {
        this.readiness = readiness;
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
            Directory.root(host).release();
        }
    }

    /** A directory with what the guest calls it; {@code tuple<descriptor, string>}. */
    public record Preopen(Descriptor descriptor, String path) {}

    /** {@code get-directories}: opened anew at each call. */
    public List<Preopen> getDirectories() {
        var opened = new ArrayList<Preopen>();
        for (Grant grant : grants) {
            int mutate = grant.readOnly() ? 0 : DescriptorFlags.MUTATE_DIRECTORY;
            opened.add(new Preopen(open(grant, mutate), grant.guest()));
        }
        return opened;
    }

    private Descriptor open(Grant grant, int mutate) {
        try {
            Directory root = Directory.root(grant.host());
            return new Descriptor(
                    readiness,
                    new Descriptor.Node.Open(root),
                    root,
                    new DescriptorFlags(DescriptorFlags.READ | mutate));
        } catch (IOException e) {
            throw new UncheckedIOException("directory `" + grant.host() + "` is granted and cannot be opened", e);
        }
    }
}
