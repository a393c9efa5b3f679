package tenon.host.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tenon.app.route.Route;
import tenon.app.route.Router;
import tenon.types.Place;
import tenon.wasi.http.Field;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.Method;
import tenon.wasi.http.Scheme;

class RouteHeadersTest {
    private static final RouteHeaders HEADERS = new RouteHeaders("127.0.0.1:3000");

    private static IncomingRequest.Head head(String route, String path, String authority, Field... sent) {
        var entry = new Router.Entry<>(Route.parse(route, Place.NOWHERE), "component");
        String bare = path.split("\\?")[0];
        var match = Router.of(List.of(entry)).match(bare).orElseThrow();
        var head = new IncomingRequest.Head(
                new Method.Get(),
                Optional.of(path),
                Optional.of(new Scheme.Http()),
                authority.isEmpty() ? Optional.empty() : Optional.of(authority),
                List.of(sent));
        return HEADERS.of(head, match, "10.0.0.1:999");
    }

    private static Map<String, List<String>> fields(IncomingRequest.Head head) {
        var fields = new TreeMap<String, List<String>>();
        head.headers()
                .forEach(field -> fields.computeIfAbsent(field.name(), _ -> new ArrayList<>())
                        .add(field.text()));
        return fields;
    }

    @Test
    void anOpenRouteTellsWhatItsWildcardStandsFor() {
        var fields = fields(head("/api/:user/...", "/api/ann/a/b?q=1", "example.com"));
        assertEquals(
                Map.of(
                        "spin-full-url", List.of("http://example.com/api/ann/a/b?q=1"),
                        "spin-path-info", List.of("/a/b"),
                        "spin-matched-route", List.of("/api/:user/..."),
                        "spin-raw-component-route", List.of("/api/:user/..."),
                        "spin-component-route", List.of("/api/:user"),
                        "spin-base-path", List.of("/"),
                        "spin-client-addr", List.of("10.0.0.1:999"),
                        "spin-path-match-user", List.of("ann")),
                fields);
    }

    @Test
    void anExactRouteHasNoPathInfo() {
        assertEquals(List.of(""), fields(head("/api", "/api", "example.com")).get("spin-path-info"));
    }

    @Test
    void aClientCannotSetThem() {
        var fields = fields(head(
                "/...",
                "/x",
                "example.com",
                Field.of("spin-client-addr", "1.1.1.1:1"),
                Field.of("Spin-Path-Match-User", "root"),
                Field.of("spin-own", "kept"),
                Field.of("accept", "*/*")));
        assertEquals(List.of("10.0.0.1:999"), fields.get("spin-client-addr"));
        assertEquals(null, fields.get("Spin-Path-Match-User"));
        assertEquals(List.of("kept"), fields.get("spin-own"));
        assertEquals(List.of("*/*"), fields.get("accept"));
    }

    @Test
    void nobodyOutsideIsTakenForAComponent() {
        for (String name : List.of(
                "other.spin.internal", "Other.Spin.Internal:3000", "other.spin.internal.", "other.spin.internal.:80")) {
            var head = head("/...", "/x", name);
            assertEquals(Optional.empty(), head.authority());
            assertEquals(List.of("http://127.0.0.1:3000/x"), fields(head).get("spin-full-url"));
        }
        assertEquals(
                Optional.of("spin.internal.example.com"),
                head("/...", "/x", "spin.internal.example.com").authority());
    }
}
