package tenon.conformance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.outbound.AllowedHost;
import tenon.app.outbound.AllowedHosts;
import tenon.app.outbound.BlockedNetworks;
import tenon.app.outbound.Network;
import tenon.app.route.Route;
import tenon.app.route.Router;
import tenon.app.template.GivenSource;
import tenon.app.template.Template;
import tenon.app.template.Variable;
import tenon.app.template.VariableName;
import tenon.app.template.Variables;
import tenon.types.Place;

/** The suite {@code spin-rules}: each of its checks is a test. */
@Tag("suite")
class SpinRulesTest {

    @TestFactory
    Stream<DynamicTest> rulesDecideAsSpinDoes() {
        return Cases.of("conformance/spin-rules", SpinRulesTest::tests);
    }

    private static Stream<DynamicTest> tests(Path folder, Map<?, ?> entry) {
        var id = (String) entry.get("id");
        var family = (String) entry.get("family");
        var content = (Map<?, ?>) Cases.json(folder.resolve(id + ".json"));
        var tests = new ArrayList<DynamicTest>();
        for (Object item : Cases.list(content.get("checks"))) {
            var check = (Map<?, ?>) item;
            tests.add(DynamicTest.dynamicTest(id + "#" + tests.size(), () -> check(family, check)));
        }
        return tests.stream();
    }

    private static void check(String family, Map<?, ?> check) throws Exception {
        switch (family) {
            case "allowed-hosts" -> checkHosts(check);
            case "blocked-networks" -> checkNetworks(check);
            case "routes" -> checkRoutes(check);
            case "variables" -> checkVariables(check);
            default -> throw new AssertionError("family `" + family + "` has no runner");
        }
    }

    private static List<Placed<String>> placed(Object texts) {
        return Cases.list(texts).stream()
                .map(text -> new Placed<>((String) text, Place.NOWHERE))
                .toList();
    }

    private static void checkHosts(Map<?, ?> check) {
        List<Placed<String>> items = placed(check.get("allowed_outbound_hosts"));
        if (Boolean.FALSE.equals(check.get("parses"))) {
            assertThrows(ManifestException.class, () -> AllowedHosts.of(items, name -> name, List.of()));
            return;
        }
        AllowedHosts hosts = AllowedHosts.of(items, name -> name, List.of());
        if (check.containsKey("allows")) {
            assertEquals(check.get("allows"), hosts.allowsUrl((String) check.get("url"), (String)
                    check.get("default_scheme")));
        }
        if (check.containsKey("scheme")) {
            AllowedHost host = hosts.hosts().getFirst();
            assertEquals(check.get("scheme"), host.scheme());
            assertEquals(check.get("host"), host.host().toString());
            assertEquals(check.get("port"), host.port().toString());
        }
    }

    private static void checkNetworks(Map<?, ?> check) throws Exception {
        List<Network> networks = placed(check.get("blocked_networks")).stream()
                .map(text -> Network.parse(text.value()).orElseThrow())
                .toList();
        var blocked = BlockedNetworks.of(networks, (boolean) check.get("block_private"));
        // an address, never a name: nothing is resolved
        assertEquals(check.get("blocked"), blocked.blocks(InetAddress.getByName((String) check.get("ip"))));
    }

    private static void checkRoutes(Map<?, ?> check) {
        var entries = new ArrayList<Router.Entry<String>>();
        for (Object item : Cases.list(check.get("routes"))) {
            var route = (Map<?, ?>) item;
            entries.add(new Router.Entry<>(
                    Route.parse((String) check.get("base"), (String) route.get("route"), Place.NOWHERE),
                    (String) route.get("component")));
        }
        Router<String> router = Router.of(entries);
        if (check.containsKey("path")) {
            Router.Match<String> match =
                    router.match((String) check.get("path")).orElseThrow();
            check.forEach((key, value) -> checkMatch((String) key, value, match));
        } else if (check.containsKey("effective_routes")) {
            assertEquals(
                    ((Double) check.get("effective_routes")).intValue(),
                    router.entries().size());
        } else if (check.containsKey("duplicates")) {
            assertEquals(
                    ((Double) check.get("duplicates")).intValue(),
                    router.duplicates().size());
        } else if (check.containsKey("duplicate")) {
            Router.Duplicate<String> duplicate = router.duplicates().get(((Double) check.get("duplicate")).intValue());
            boolean route = "route".equals(check.get("field"));
            assertEquals(
                    check.get("value"),
                    route
                            ? duplicate.unused().route().based()
                            : duplicate.unused().target());
        } else {
            assertEquals(
                    check.get("has_reserved_route"),
                    router.entries().stream().anyMatch(entry -> entry.route().isReserved()));
        }
    }

    private static void checkMatch(String key, Object value, Router.Match<String> match) {
        switch (key) {
            case "component" -> assertEquals(value, match.target());
            case "trailing_wildcard" -> assertEquals(value, match.captures().trailing());
            case "named" -> assertEquals(value, match.captures().named());
            case "base", "routes", "path" -> {}
            default -> throw new AssertionError("`" + key + "` of a match is not checked");
        }
    }

    private static void checkVariables(Map<?, ?> check) {
        if (check.containsKey("key")) {
            assertEquals(check.get("key_valid"), VariableName.isValid((String) check.get("key")));
            return;
        }
        var declared = new HashMap<String, Variable>();
        var given = new HashMap<String, String>();
        ((Map<?, ?>) check.get("variables")).forEach((key, value) -> {
            var name = (String) key;
            var fields = (Map<?, ?>) value;
            declared.put(name, new Variable(name, null, (String) fields.get("default"), false, Place.NOWHERE));
            if (fields.containsKey("provider")) {
                given.put(name, (String) fields.get("provider"));
            }
        });
        var variables = new Variables(declared, List.of(new GivenSource(given)));
        assertEquals(
                check.get("resolves_to"),
                variables.resolve(Template.parse((String) check.get("template"), Place.NOWHERE)));
    }
}
