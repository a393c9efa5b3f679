package tenon.host.app;

import java.util.List;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.Manifest;
import tenon.app.outbound.AllowedHost;
import tenon.app.outbound.AllowedHosts;
import tenon.app.template.Variables;

/** Requests of an application to itself by a URL without a host, {@code self}: not served yet. */
final class Chaining {
    private Chaining() {}

    /**
     * Refuses items that grant such calls, so that nobody waits for an answer that cannot come.
     *
     * @param allowed what all items of the component say together
     * @throws ManifestException with the item's place
     */
    static void refuse(ComponentSpec spec, AllowedHosts allowed, Variables variables, Manifest manifest) {
        // who may ask anybody, as version 1's `insecure:allow-all` says, has not asked for this in particular
        if (!grantsSelf(allowed)
                || allowed.hosts().stream().anyMatch(item -> item.host() instanceof AllowedHost.AnyHost)) {
            return;
        }
        var ids = manifest.components().keySet();
        for (Placed<String> item : spec.allowedOutboundHosts()) {
            if (grantsSelf(AllowedHosts.of(List.of(item), variables::value, ids))) {
                throw new ManifestException(
                        item.place(),
                        "requests of an application to itself, `self`, are not supported yet, expected a host outside or"
                                + " a dependency");
            }
        }
    }

    private static boolean grantsSelf(AllowedHosts allowed) {
        return allowed.hosts().stream().anyMatch(item -> item.host() instanceof AllowedHost.Self);
    }
}
