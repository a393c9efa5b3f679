package tenon.host.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tenon.app.ManifestException;
import tenon.app.Problems;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.HttpTrigger;
import tenon.app.manifest.Manifest;
import tenon.app.outbound.AllowedHosts;
import tenon.app.route.Route;
import tenon.app.route.Router;
import tenon.app.template.Variables;
import tenon.core.FairShare;
import tenon.host.HandlerBackend;
import tenon.host.Outside;
import tenon.host.RequestHandler;
import tenon.host.sqlite.SqliteDatabase;
import tenon.runtime.Runtime;
import tenon.wasi.WasiConfig;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.keyvalue.KeyValueStores;

/**
 * An application that runs: routes requests to its components. Thread-safe; whoever makes it closes it, by itself or with the service that
 * it answers for.
 *
 * <p>Policy: a fresh instance of a component, and of its dependencies, for each request; every component has its own grants, linked once at
 * the start. All that is wrong with an application is told before it listens.
 */
public final class AppHandler implements RequestHandler {
    private static final Logger LOG = System.getLogger("tenon.host.app");

    /** Requests from one component to another that are in flight. */
    private static final int MOST_INTERNAL = 1_000;

    /** How long a request from one component to another waits for room, if the host is short of memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Resources resources;
    private final Router<Target> router;
    private final WellKnown wellKnown;
    private volatile RouteHeaders headers = new RouteHeaders("localhost");

    private AppHandler(Resources resources, Router<Target> router, WellKnown wellKnown) {
        this.resources = resources;
        this.router = router;
        this.wellKnown = wellKnown;
    }

    /** What answers a route. */
    private sealed interface Target {
        /** A component. */
        record Guest(String id, String description, RequestHandler handler) implements Target {}

        /** The same answer every time. */
        record Always(PlainAnswer answer) implements Target {}
    }

    /**
     * A route that is served. Immutable.
     *
     * @param name the component's id, or what else answers
     * @param path as the manifest has it, without the wildcard
     * @param open whether paths below it are meant, too
     */
    public record ServedRoute(String name, String path, boolean open, String description) {}

    /**
     * Gets an application ready.
     *
     * @throws ManifestException if it needs what is not served, is not granted or does not fit, each with its place
     * @throws IOException if its state cannot be kept
     */
    public static AppHandler of(Runtime runtime, Manifest manifest, AppOptions options) throws IOException {
        var problems = new Problems();
        Unserved.check(manifest, problems);
        problems.throwIfAny();
        var variables = new Variables(manifest.variables(), options.variables());
        variables.checkRequired();
        var resources = new Resources(StateFolder.of(options.stateFolder(), manifest.folder()), options);
        try {
            var starting = new Starting(runtime, manifest, options, variables, resources, new HashMap<>());
            Router<Target> router = starting.router(problems);
            problems.throwIfAny();
            return new AppHandler(resources, router, new WellKnown(manifest.application()));
        } catch (Throwable failure) {
            resources.close();
            throw failure;
        }
    }

    /** What has to be closed, and what components share. Confined to the start and the end. */
    private static final class Resources implements AutoCloseable {
        private final List<AutoCloseable> closing = new ArrayList<>();
        private final FairShare fairShare = new FairShare();
        private final Outside outside = Outside.to(List.of());
        private final HandlerBackend inside;
        private final Map<String, RequestHandler> components = new ConcurrentHashMap<>();
        private final StateFolder stateFolder;
        private KeyValueStores stores = KeyValueStores.NONE;

        Resources(StateFolder stateFolder, AppOptions options) {
            this.stateFolder = stateFolder;
            this.inside = new HandlerBackend(MOST_INTERNAL, options.requestTime(), PATIENCE);
        }

        <T extends AutoCloseable> T keep(T resource) {
            closing.add(resource);
            return resource;
        }

        /** The default store, opened for the first component that may use it; the file is Spin's. */
        KeyValueStores stores(ComponentSpec spec) throws IOException {
            if (spec.keyValueStores().isEmpty()) {
                return KeyValueStores.NONE;
            }
            if (stores.granted().isEmpty()) {
                var database = keep(SqliteDatabase.open(stateFolder.file("sqlite_key_value.db")));
                stores = new KeyValueStores(Map.of(Unserved.DEFAULT_STORE, database.store(Unserved.DEFAULT_STORE)));
            }
            return stores;
        }

        @Override
        public void close() {
            close(inside);
            for (AutoCloseable each : closing.reversed()) {
                close(each);
            }
            close(outside);
            fairShare.close();
        }

        private static void close(AutoCloseable resource) {
            try {
                resource.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "application was not closed in order", e);
            }
        }
    }

    /** Links components. Confined to the start. */
    private record Starting(
            Runtime runtime,
            Manifest manifest,
            AppOptions options,
            Variables variables,
            Resources resources,
            Map<String, Grants> granted) {

        Router<Target> router(Problems problems) throws IOException {
            var binaries = new ComponentBinaries(manifest, options);
            var dependencies = new Dependencies(manifest, binaries);
            var linking = new Linking(runtime, manifest, binaries, dependencies, this::grants, resources::keep);
            var entries = new ArrayList<Router.Entry<Target>>();
            Map<String, Target> guests = new HashMap<>();
            for (HttpTrigger trigger : manifest.httpTriggers()) {
                Target target = null;
                try {
                    target = switch (trigger.answer()) {
                        case HttpTrigger.StaticResponse response -> new Target.Always(PlainAnswer.of(response));
                        case HttpTrigger.ComponentAnswer answer -> {
                            Target guest = guests.get(answer.id());
                            yield guest == null ? guest(answer, linking) : guest;
                        }
                    };
                } catch (ManifestException e) {
                    e.problems().forEach(problems::add);
                }
                if (target instanceof Target.Guest guest) {
                    guests.put(guest.id(), guest);
                    resources.components.put(guest.id().toLowerCase(Locale.ROOT), new InternalHandler(guest.handler()));
                }
                if (target != null && trigger.route() instanceof HttpTrigger.PublicRoute shown) {
                    entries.add(new Router.Entry<>(shown.route(), target));
                }
            }
            return Router.of(entries);
        }

        private Target guest(HttpTrigger.ComponentAnswer answer, Linking linking) throws IOException {
            ComponentSpec spec = manifest.components().get(answer.id());
            if (spec == null) {
                throw new ManifestException(answer.place(), "component `" + answer.id() + "` does not exist");
            }
            RequestHandler handler = resources.keep(linking.handler(spec, options.limits(), resources.fairShare));
            return new Target.Guest(spec.id(), spec.description(), handler);
        }

        private Grants grants(ComponentSpec spec) throws IOException {
            Grants known = granted.get(spec.id());
            if (known != null) {
                return known;
            }
            Path logs = resources.stateFolder.folder("logs");
            var allowed = AllowedHosts.of(
                    spec.allowedOutboundHosts(),
                    variables::value,
                    manifest.components().keySet());
            Chaining.refuse(spec, allowed, variables, manifest);
            var streams = WasiConfig.NOTHING
                    .withStdout(resources.keep(GuestLog.open(logs, spec.id() + "_stdout", options.out())))
                    .withStderr(resources.keep(GuestLog.open(logs, spec.id() + "_stderr", options.err())));
            var environment = new LinkedHashMap<>(options.environment());
            environment.putAll(spec.environment());
            var grants = new Grants(
                    streams,
                    environment,
                    resources.keep(ComponentFiles.of(manifest, spec)),
                    outside(new ComponentPolicy(spec.id(), allowed)),
                    new SocketPolicy(spec.id(), allowed),
                    resources.stores(spec),
                    new ComponentVariables(spec.variables(), variables));
            granted.put(spec.id(), grants);
            return grants;
        }

        private HttpBackend outside(ComponentPolicy policy) {
            return new ComponentBackend(
                    policy, resources.outside.toward(policy), resources.inside, resources.components);
        }
    }

    /** The routes that requests can take, in the order in which they are asked. */
    public List<ServedRoute> routes() {
        return router.entries().stream().map(AppHandler::served).toList();
    }

    private static ServedRoute served(Router.Entry<Target> entry) {
        Route route = entry.route();
        return switch (entry.target()) {
            case Target.Guest guest ->
                new ServedRoute(guest.id(), route.basedPrefix(), route.isOpen(), guest.description());
            case Target.Always always ->
                new ServedRoute("static response " + always.answer().status(), route.basedPrefix(), route.isOpen(), "");
        };
    }

    /** Says where the application listens, {@code HOST:PORT}, for requests that do not. */
    public void listensAt(String authority) {
        headers = new RouteHeaders(authority);
    }

    @Override
    public void handle(Work work) throws Exception {
        String path = RouteHeaders.path(work.request().head());
        if (path.startsWith(Router.RESERVED)) {
            wellKnown.answer(path).send(work);
            return;
        }
        var match = router.match(path);
        if (match.isEmpty()) {
            PlainAnswer.text(404, "text/plain;charset=utf-8", "").send(work);
            return;
        }
        switch (match.get().target()) {
            case Target.Always always -> always.answer().send(work);
            case Target.Guest guest -> {
                var request = work.request();
                var head = headers.of(request.head(), match.get(), work.client());
                guest.handler().handle(work.withRequest(request.withHead(head)));
            }
        }
    }

    /** Gives back all that the application holds; requests must have ended. */
    @Override
    public void close() {
        resources.close();
    }
}
