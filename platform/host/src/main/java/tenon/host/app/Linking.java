package tenon.host.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.Manifest;
import tenon.app.manifest.TenonSettings;
import tenon.component.Component;
import tenon.core.FairShare;
import tenon.host.ComponentHandler;
import tenon.host.HandlerChain;
import tenon.host.RequestHandler;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.StoreLimits;
import tenon.types.LinkException;
import tenon.types.NearestName;
import tenon.wasi.LoggedOutput;

/**
 * Links components of an application, with what comes between each and the world: middleware, and loggers of its output. Confined to the
 * start of one application.
 *
 * <p>Policy: middleware and loggers are components of the same application, and get what their own part of the manifest grants; what
 * middleware of theirs they have counts where they answer for themselves.
 */
final class Linking {
    private static final String INCOMING_HANDLER = "wasi:http/incoming-handler@";

    private final Runtime runtime;
    private final Manifest manifest;
    private final ComponentBinaries binaries;
    private final Dependencies dependencies;
    private final Granting granting;
    private final Keeping keeping;
    private final Map<String, LinkedComponent> loggers = new HashMap<>();

    /** What a component is granted. */
    interface Granting {
        Grants of(ComponentSpec spec) throws IOException;
    }

    /** Closes something with the application. */
    interface Keeping {
        void keep(AutoCloseable resource);
    }

    Linking(
            Runtime runtime,
            Manifest manifest,
            ComponentBinaries binaries,
            Dependencies dependencies,
            Granting granting,
            Keeping keeping) {
        this.runtime = runtime;
        this.manifest = manifest;
        this.binaries = binaries;
        this.dependencies = dependencies;
        this.granting = granting;
        this.keeping = keeping;
    }

    /**
     * What answers requests to a component.
     *
     * @throws ManifestException if it, or what comes before it, cannot be linked
     */
    RequestHandler handler(ComponentSpec spec, StoreLimits limits, FairShare fairShare) throws IOException {
        var links = new ArrayList<HandlerChain.Link>();
        for (Placed<String> id : TenonSettings.of(spec).middleware()) {
            links.add(middleware(id));
        }
        links.add(link(spec));
        try {
            return links.size() == 1
                    ? ComponentHandler.of(
                            runtime,
                            links.getFirst().component(),
                            links.getFirst().offers(),
                            limits,
                            fairShare)
                    : HandlerChain.of(runtime, links, limits, fairShare);
        } catch (LinkException e) {
            throw new ManifestException(
                    spec.source().place(), "component `" + spec.id() + "` cannot be linked: " + e.fact());
        }
    }

    private HandlerChain.Link middleware(Placed<String> id) throws IOException {
        HandlerChain.Link link = link(find(id, "middleware"));
        boolean handsOn = link.component().imports().stream()
                .anyMatch(each -> each.name().text().startsWith(INCOMING_HANDLER));
        boolean answers = link.component().exports().stream()
                .anyMatch(each -> each.name().text().startsWith(INCOMING_HANDLER));
        if (!handsOn || !answers) {
            throw new ManifestException(
                    id.place(),
                    "component `" + id.value() + "` is no middleware: it does not " + (answers ? "import" : "export")
                            + " `wasi:http/incoming-handler@0.2`");
        }
        return link;
    }

    private ComponentSpec find(Placed<String> id, String what) {
        ComponentSpec spec = manifest.components().get(id.value());
        if (spec == null) {
            String near = NearestName.among(manifest.components().keySet(), id.value(), 2)
                    .map(known -> ", did you mean `" + known + "`?")
                    .orElse(", expected the id of one in this manifest");
            throw new ManifestException(id.place(), what + " `" + id.value() + "` does not exist" + near);
        }
        return spec;
    }

    private HandlerChain.Link link(ComponentSpec spec) throws IOException {
        Component component = binaries.read(spec);
        Linker linker = dependencies.linker(spec, component, granting.of(spec));
        for (Map.Entry<String, Placed<String>> each :
                TenonSettings.of(spec).redirect().entrySet()) {
            LinkedComponent logger = logger(each.getValue());
            if (each.getKey().equals("stdout")) {
                LoggedOutput.redirectStdout(linker, logger);
            } else {
                LoggedOutput.redirectStderr(linker, logger);
            }
        }
        return new HandlerChain.Link(component, linker);
    }

    private LinkedComponent logger(Placed<String> id) throws IOException {
        LinkedComponent known = loggers.get(id.value());
        if (known != null) {
            return known;
        }
        ComponentSpec spec = find(id, "logger");
        Component component = binaries.read(spec);
        if (component.exports().stream().noneMatch(each -> each.name().text().equals(LoggedOutput.LOGGING))) {
            throw new ManifestException(
                    id.place(),
                    "component `" + id.value() + "` is no logger: it does not export `" + LoggedOutput.LOGGING + "`");
        }
        LinkedComponent logger;
        try {
            logger = dependencies.linker(spec, component, granting.of(spec)).link(runtime, component);
        } catch (LinkException e) {
            throw new ManifestException(
                    spec.source().place(), "component `" + spec.id() + "` cannot be linked: " + e.fact());
        }
        keeping.keep(logger);
        loggers.put(id.value(), logger);
        return logger;
    }
}
