package tenon.host.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tenon.app.outbound.AllowedHosts;
import tenon.app.route.Router;
import tenon.wasi.http.Field;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.Scheme;

/**
 * What Spin tells a guest about its request beside what the client sent: {@code spin-full-url} and its like. A client cannot set them:
 * what it sends under these names is left out. Immutable.
 *
 * @param self {@code HOST:PORT} that the application listens at, for requests that name none
 */
record RouteHeaders(String self) {
    private static final String PREFIX = "spin-";
    private static final List<String> NAMES = List.of(
            "spin-full-url",
            "spin-path-info",
            "spin-matched-route",
            "spin-raw-component-route",
            "spin-component-route",
            "spin-base-path",
            "spin-client-addr");
    private static final String NAMED = "spin-path-match-";

    /** The head of a request from outside, as the component sees it. */
    IncomingRequest.Head of(IncomingRequest.Head head, Router.Match<?> match, String client) {
        // the names of components are the host's own: nobody outside sends a request to one
        return of(head, head.authority().filter(name -> !isInternal(name)), match, client);
    }

    /** The head of a request from another component. */
    IncomingRequest.Head ofInside(IncomingRequest.Head head, Router.Match<?> match, String client) {
        return of(head, head.authority(), match, client);
    }

    private IncomingRequest.Head of(
            IncomingRequest.Head head, Optional<String> authority, Router.Match<?> match, String client) {
        var headers = new ArrayList<Field>();
        head.headers().stream().filter(field -> !isOurs(field.name())).forEach(headers::add);
        add(
                headers,
                "spin-full-url",
                scheme(head) + "://" + authority.orElse(self)
                        + head.pathWithQuery().orElse("/"));
        add(headers, "spin-path-info", match.captures().trailing());
        add(headers, "spin-matched-route", match.route().based());
        add(headers, "spin-raw-component-route", match.route().pattern());
        add(headers, "spin-component-route", match.route().prefix());
        add(headers, "spin-base-path", "/");
        add(headers, "spin-client-addr", client);
        match.captures().named().forEach((name, value) -> {
            if (Field.isToken(name)) {
                add(headers, NAMED + name.toLowerCase(Locale.ROOT), value);
            }
        });
        return new IncomingRequest.Head(head.method(), head.pathWithQuery(), head.scheme(), authority, headers);
    }

    /** The path without its query, not decoded. */
    static String path(IncomingRequest.Head head) {
        String path = head.pathWithQuery().orElse("/");
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static String scheme(IncomingRequest.Head head) {
        return head.scheme().map(Scheme::word).orElse("http").toLowerCase(Locale.ROOT);
    }

    private static void add(List<Field> headers, String name, String value) {
        headers.add(new Field(name, value.getBytes(UTF_8)));
    }

    private static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(PREFIX) && (NAMES.contains(lower) || lower.startsWith(NAMED));
    }

    private static boolean isInternal(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT).endsWith("." + AllowedHosts.INTERNAL);
    }
}
