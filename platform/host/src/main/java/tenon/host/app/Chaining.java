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
     * @throws ManifestException with the item's place
     */
    static void refuse(ComponentSpec spec, Variables variables, Manifest manifest) {
        for (Placed<String> item : spec.allowedOutboundHosts()) {
            var hosts = AllowedHosts.of(
                            List.of(item),
                            variables::value,
                            manifest.components().keySet())
                    .hosts();
            for (AllowedHost host : hosts) {
                String what = switch (host.host()) {
                    case AllowedHost.Self _ -> "requests of an application to itself, `self`, are";
                    case AllowedHost.Literal _, AllowedHost.AnyHost _, AllowedHost.Below _, AllowedHost.Within _ -> "";
                };
                if (!what.isEmpty()) {
                    throw new ManifestException(
                            item.place(), what + " not supported yet, expected a host outside or a dependency");
                }
            }
        }
    }
}
