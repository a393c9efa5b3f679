package tenon.host.app;

import java.util.List;
import tenon.app.route.Route;
import tenon.app.route.Router;
import tenon.host.RequestHandler;
import tenon.types.Place;

/** Gives a component the requests of another one: every path is its own, whatever routes lead to it from outside. Thread-safe. */
record InternalHandler(RequestHandler component) implements RequestHandler {
    private static final Router<String> EVERYTHING =
            Router.of(List.of(new Router.Entry<>(Route.parse("/...", Place.NOWHERE), "component")));

    @Override
    public void handle(Work work) throws Exception {
        var head = work.request().head();
        String authority = head.authority().orElse("");
        var match = EVERYTHING.match(RouteHeaders.path(head)).orElseThrow();
        var told = new RouteHeaders(authority).ofInside(head, match, work.client());
        component.handle(work.withRequest(work.request().withHead(told)));
    }
}
