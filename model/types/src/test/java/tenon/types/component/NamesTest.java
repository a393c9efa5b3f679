package tenon.types.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.types.InvalidException;
import tenon.types.Place;

class NamesTest {

    @Test
    void labelsAreKebabCase() {
        for (String label : List.of(
                "a", "a-b-c", "a1-2-3", "A", "A-B-C", "A1-2-3", "a11-w0rds", "A11-4CR0NYMS", "m1x3d-4CR0NYMS")) {
            assertTrue(Label.isLabel(label), label);
        }
        for (String other : List.of("", "1-2-3", "-", "a-", "-a", "a--b", "aB", "Ab", "a_b", "a b", "é")) {
            assertFalse(Label.isLabel(other), other);
        }
        assertFalse(Label.isWords("a-B"));
    }

    @Test
    void externNamesComeBackAsTheyWereRead() {
        for (String name : List.of(
                "run",
                "get-JSON",
                "[constructor]request",
                "[method]request.get-body",
                "[static]request.from",
                "[async]run",
                "[async method]a.b",
                "[async static]a.b",
                "wasi:http/types",
                "wasi:http/types@0.2.12",
                "wasi:http/types@0.3.0-rc-2026-03-15",
                "wasi:http/types@0.2",
                "a:b:c/d/e@1.0.0+build.5")) {
            assertEquals(name, ExternName.parse(name, Place.NOWHERE).toString());
        }
    }

    @Test
    void malformedExternNamesAreRefused() {
        for (String name : List.of(
                "",
                "a_b",
                "wasi:http",
                "wasi/http",
                "a@1",
                "Wasi:http/types",
                "wasi:Http/types",
                "wasi:http/",
                "wasi:/types",
                ":http/types",
                "wasi:http/types@",
                "wasi:http/types@1.0",
                "wasi:http/types@0.0",
                "wasi:http/types@1.0.0-01",
                "[method]a",
                "[static]a.b.c",
                "[constructor]",
                "[thing]a",
                "[]a",
                "[method",
                "unlocked-dep=<a:b>",
                "locked-dep=<a:b@1.2.3>,integrity=<sha256-abcd>",
                "url=<https://example.org>",
                "integrity=<sha256-abcd>",
                "other=<a>")) {
            assertThrows(InvalidException.class, () -> ExternName.parse(name, Place.NOWHERE), name);
        }
    }

    @Test
    void namesThatBindingsWouldConfuseAreNotUnique() {
        assertEquals("foo", form("[method]foo.FOO"));
        assertEquals(form("foo-bar"), form("FOO-BAR"));
        assertEquals(form("foo-bar"), form("fo-obar"));
        assertEquals(form("[method]foo.bar"), form("[static]foo.bar"));
        assertNotEquals(form("foo"), form("[constructor]foo"));
        assertEquals(form("foo:bar/baz"), form("foo:bar/BAZ"));
    }

    private static String form(String name) {
        return ExternName.parse(name, Place.NOWHERE).uniqueForm();
    }

    @Test
    void tracksFollowTheFirstNumberThatIsNotZero() {
        assertEquals(Optional.of(new VersionTrack("1")), version("1.2.3").track());
        assertEquals(Optional.of(new VersionTrack("0.2")), version("0.2.12+b").track());
        assertEquals(Optional.of(new VersionTrack("0.0.3")), version("0.0.3").track());
        assertEquals(Optional.empty(), version("0.2.0-rc-2023-10-18").track());
    }

    @Test
    void prereleasesComeBeforeTheirRelease() {
        List<String> inOrder = List.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.10.0",
                "2.0.0");
        for (int i = 1; i < inOrder.size(); i++) {
            assertTrue(version(inOrder.get(i - 1)).compareTo(version(inOrder.get(i))) < 0, inOrder.get(i));
        }
        assertEquals("1.0.0-rc.0a", version("1.0.0-rc.0a").toString());
    }

    private static SemanticVersion version(String text) {
        return SemanticVersion.parse(text).orElseThrow();
    }

    @Test
    void importsAreMetOnTheirTrackByTheHighestVersion() {
        var names = new NameMap<String>();
        names.put("wasi:io/streams@0.2.3", "three");
        names.put("wasi:io/streams@0.2.12", "twelve");
        names.put("wasi:io/streams@0.2.6", "six");
        names.put("wasi:io/streams@0.3.0-rc-1", "prerelease");
        names.put("logger", "logger");
        assertEquals(Optional.of("six"), names.find("wasi:io/streams@0.2.6"));
        assertEquals(Optional.of("twelve"), names.find("wasi:io/streams@0.2.7"));
        assertEquals(Optional.of("twelve"), names.find("wasi:io/streams@0.2.99"));
        assertEquals(Optional.of("twelve"), names.find("wasi:io/streams@0.2"));
        assertEquals(Optional.of("wasi:io/streams@0.2.12"), names.findName("wasi:io/streams@0.2.0"));
        assertEquals(Optional.of("prerelease"), names.find("wasi:io/streams@0.3.0-rc-1"));
        assertEquals(Optional.empty(), names.find("wasi:io/streams@0.3.0"));
        assertEquals(Optional.empty(), names.find("wasi:io/streams@0.2.0-rc-1"));
        assertEquals(Optional.empty(), names.find("wasi:io/streams"));
        assertEquals(Optional.empty(), names.find("wasi:io/poll@0.2.3"));
        assertEquals(Optional.of("logger"), names.find("logger"));
    }
}
