package tenon.app.manifest;

import java.util.List;
import tenon.app.Problem;
import tenon.app.Problems;
import tenon.app.manifest.HttpTrigger.HttpRoute;
import tenon.app.manifest.HttpTrigger.PublicRoute;
import tenon.app.route.Router;

/** What is allowed in a manifest and yet likely not meant. */
final class Oddities {
    private Oddities() {}

    /** Those that were noted when it was read, and those that show only once it is whole. */
    static List<Problem> of(Manifest manifest) {
        var warnings = new Problems();
        manifest.warnings().forEach(warnings::add);
        Router<HttpTrigger> router = manifest.router();
        for (Router.Duplicate<HttpTrigger> duplicate : router.duplicates()) {
            HttpTrigger unused = duplicate.unused().target();
            warnings.add(
                    unused.route().place(),
                    "no request takes route `" + duplicate.unused().route().pattern() + "` of trigger `" + unused.id()
                            + "`, since trigger `" + duplicate.used().target().id() + "` has it");
        }
        for (HttpTrigger trigger : manifest.httpTriggers()) {
            HttpRoute route = trigger.route();
            if (route instanceof PublicRoute open && open.route().isReserved()) {
                warnings.add(
                        route.place(),
                        "no request takes route `" + open.route().pattern() + "`, since `" + Router.RESERVED
                                + "` is the host's own");
            }
        }
        for (ComponentSpec component : manifest.components().values()) {
            for (FileMount mount : component.files()) {
                if (mount instanceof FileMount.Pattern pattern
                        && (pattern.glob().equals("*") || pattern.glob().equals("**/*"))) {
                    warnings.add(
                            pattern.place(),
                            "pattern `" + pattern.glob() + "` shows component `" + component.id()
                                    + "` the whole folder of the manifest; if that is meant, `./" + pattern.glob()
                                    + "`");
                }
            }
        }
        return warnings.all();
    }
}
