package tenon.app.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.app.route.Route;
import tenon.types.Place;

/**
 * An item of {@code [[trigger.http]]}. Immutable.
 *
 * @param middleware components that a request goes through before it is answered, outermost first
 * @param moreComponents {@code components} of the trigger by role, which no rule of HTTP triggers gives a meaning
 */
public record HttpTrigger(
        String id,
        HttpRoute route,
        Answer answer,
        Executor executor,
        List<TriggerDependency> middleware,
        Map<String, List<ComponentReference>> moreComponents,
        Place place)
        implements Trigger {

    /** The type of these triggers. */
    public static final String TYPE = "http";

    public HttpTrigger {
        middleware = List.copyOf(middleware);
        moreComponents = Manifest.inOrder(moreComponents);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Which requests are meant. */
    public sealed interface HttpRoute {
        Place place();
    }

    /** {@code route = "/x/..."}. */
    public record PublicRoute(Route route, Place place) implements HttpRoute {

        /** The route as it is written. */
        public String pattern() {
            return route.pattern();
        }
    }

    /** {@code route = { private = true }}: no request from outside; other components call {@code http://ID.spin.internal}. */
    public record PrivateRoute(Place place) implements HttpRoute {}

    /** What answers: exactly one of a component and a response that is always the same. */
    public sealed interface Answer {
        Place place();
    }

    /** A component answers; {@code id} is a key of {@link Manifest#components}. */
    public record ComponentAnswer(String id, Place place) implements Answer {}

    /** {@code static_response = { status_code = 404, headers = { … }, body = "…" }}. */
    public record StaticResponse(
            int status,
            Map<String, String> headers,
            @Nullable String body,
            Place place) implements Answer {
        public StaticResponse {
            headers = Manifest.inOrder(headers);
        }
    }

    /** How a component is called. */
    public sealed interface Executor {}

    /** By its HTTP export, which one is seen from the component; what is meant if nothing is said. */
    public record HttpExecutor() implements Executor {}

    /** As a CGI program, {@code executor = { type = "wagi" }}. */
    public record WagiExecutor(String entrypoint, String argv, Place place) implements Executor {}
}
