package tenon.host.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tenon.app.ManifestException;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.Download;
import tenon.app.manifest.LocalFile;
import tenon.app.manifest.Manifest;
import tenon.app.manifest.RegistryPackage;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.CoreModules;
import tenon.types.TenonException;
import tenon.wasm.Features;

/** Reads the components that a manifest names, each file once. Confined to the start of one application. */
final class ComponentBinaries {
    private final Path folder;
    private final AppOptions options;
    private final Map<Path, Component> read = new HashMap<>();

    ComponentBinaries(Manifest manifest, AppOptions options) {
        this.options = options;
        this.folder = manifest.folder();
    }

    /** The component of an application's part. */
    Component read(ComponentSpec spec) {
        return switch (spec.source()) {
            case LocalFile file -> read(file, WacSource.packages(spec, folder));
            case Download download ->
                throw new ManifestException(
                        download.place(), "components that are downloaded are not supported yet, expected a file");
            case RegistryPackage registered ->
                throw new ManifestException(
                        registered.place(), "components from a registry are not supported yet, expected a file");
        };
    }

    Component read(LocalFile source) {
        return read(source, Map.of());
    }

    /** {@code packages} are those that a document may name which makes the component. */
    private Component read(LocalFile source, Map<String, Path> packages) {
        Path file = folder.resolve(source.path()).normalize();
        Component present = packages.isEmpty() ? read.get(file) : null;
        if (present != null) {
            return present;
        }
        try {
            byte[] bytes = WacSource.is(source) ? WacSource.compose(source, file, packages) : Files.readAllBytes(file);
            if (!ComponentDecoder.isComponent(bytes)) {
                throw new ManifestException(
                        source.place(), "file `" + source.path() + "` is no component" + hint(bytes));
            }
            Component component = ComponentDecoder.decode(bytes, options.features());
            // the engine looks for the standard ones itself
            if (!options.coreFeatures().on().containsAll(Features.STANDARD.on())) {
                CoreModules.validate(component, options.coreFeatures());
            }
            read.put(file, component);
            return component;
        } catch (NoSuchFileException _) {
            throw new ManifestException(
                    source.place(), "file `" + source.path() + "` does not exist; was the component built?");
        } catch (IOException e) {
            throw new ManifestException(
                    source.place(), "file `" + source.path() + "` cannot be read: " + e.getMessage());
        } catch (ManifestException e) {
            throw e;
        } catch (TenonException e) {
            throw new ManifestException(source.place(), "file `" + source.path() + "` is broken: " + e.getMessage());
        }
    }

    private static String hint(byte[] bytes) {
        boolean core = bytes.length >= 8 && bytes[0] == 0 && bytes[1] == 'a' && bytes[2] == 's' && bytes[3] == 'm';
        return core
                ? ", but a core module; `wasm-tools component new` makes one of it, with `--adapt` if it was built for wasip1"
                : "";
    }
}
