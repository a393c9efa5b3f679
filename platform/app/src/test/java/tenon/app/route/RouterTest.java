package tenon.app.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tenon.app.ManifestException;
import tenon.types.Place;

class RouterTest {

    private static Router<String> router(String... patterns) {
        return Router.of(Stream.of(patterns)
                .map(pattern -> new Router.Entry<>(Route.parse(pattern, Place.NOWHERE), pattern))
                .toList());
    }

    /** The pattern that is chosen; {@code none} if none is. */
    private static String chosen(String path, String... patterns) {
        return router(patterns).match(path).map(Router.Match::target).orElse("none");
    }

    private static Route.Captures captures(String pattern, String path) {
        return router(pattern).match(path).orElseThrow().captures();
    }

    @Test
    void textGoesBeforeNamesAndNamesBeforeWildcards() {
        String[] patterns = {"/...", "/a/...", "/a/:x", "/a/b", "/a/b/...", "/:x"};
        assertEquals("/a/b", chosen("/a/b", patterns));
        assertEquals("/a/:x", chosen("/a/c", patterns));
        assertEquals("/a/b/...", chosen("/a/b/c", patterns));
        assertEquals("/a/...", chosen("/a/c/d", patterns));
        assertEquals("/a/...", chosen("/a", patterns));
        assertEquals("/:x", chosen("/z", patterns));
        assertEquals("/...", chosen("/z/z", patterns));
        assertEquals("/...", chosen("/", patterns));
    }

    @Test
    void exactRoutesMatchExactly() {
        assertEquals("none", chosen("/foobar", "/foo"));
        assertEquals("none", chosen("/foo/bar", "/foo"));
        assertEquals("none", chosen("/FOO", "/foo"));
        assertEquals("none", chosen("/foo//bar", "/foo/bar"));
        assertEquals("/foo", chosen("/foo/", "/foo"));
        assertEquals("foo", chosen("/foo", "foo"));
        assertEquals("/", chosen("/", "/"));
        assertEquals("none", chosen("/x", "/"));
        assertEquals("none", chosen("/foobar", "/foo/..."));
    }

    @Test
    void wildcardsTellWhatTheyStandFor() {
        assertEquals("", captures("/test/...", "/test").trailing());
        assertEquals("/", captures("/test/*", "/test/").trailing());
        assertEquals("/a/b", captures("/test/...", "/test/a/b").trailing());
        assertEquals("/a/", captures("/...", "/a/").trailing());
        assertEquals("", captures("/a", "/a/").trailing());
    }

    @Test
    void namesStandForOneSegment() {
        assertEquals(
                Map.of("user", "7", "file", "a", "ending", "tar.gz"), named("/:user/f/:file.:ending", "/7/f/a.tar.gz"));
        assertEquals("none", chosen("/7/8", "/:user"));
        assertEquals("none", chosen("/", "/:user"));
        assertEquals("none", chosen("/a/b.c", "/:x.c"));
        assertEquals(Map.of("v", "2"), named("/v1.:v/x", "/v1.2/x"));
        assertEquals(Map.of("x", "%2e%2e"), named("/:x", "/%2e%2e"));
    }

    private static Map<String, String> named(String pattern, String path) {
        return captures(pattern, path).named();
    }

    @Test
    void reportsRoutesThatNoRequestTakes() {
        Router<String> router = Router.of(List.of(
                new Router.Entry<>(Route.parse("/a", Place.NOWHERE), "first"),
                new Router.Entry<>(Route.parse("/a", Place.NOWHERE), "second"),
                new Router.Entry<>(Route.parse("/a/", Place.NOWHERE), "other spelling"),
                new Router.Entry<>(Route.parse("/:x/b", Place.NOWHERE), "x"),
                new Router.Entry<>(Route.parse("/:y/b", Place.NOWHERE), "y")));
        assertEquals("second", router.match("/a").orElseThrow().target());
        assertEquals("x", router.match("/z/b").orElseThrow().target());
        assertEquals(
                List.of("first", "other spelling", "y"),
                router.duplicates().stream()
                        .map(duplicate -> duplicate.unused().target())
                        .toList());
    }

    @Test
    void refusesWildcardsThatAreNotLast() {
        for (String pattern : List.of("/*/a", "/*name", "/:/a", "/a/*/...")) {
            var refusal = assertThrows(ManifestException.class, () -> Route.parse(pattern, Place.NOWHERE));
            assertTrue(refusal.fact().contains("`" + pattern + "`"), refusal.fact());
        }
    }

    @Test
    void knowsItsForms() {
        Route route = Route.parse("/base/", "/a/...", Place.NOWHERE);
        assertEquals("/a/...", route.pattern());
        assertEquals("/a", route.prefix());
        assertEquals("/base/a/...", route.based());
        assertEquals("/base/a", route.basedPrefix());
        assertTrue(route.isOpen());
    }
}
