package tenon.host.app;

import tenon.app.manifest.Application;
import tenon.app.route.Router;

/** The paths that the host answers itself, below {@code /.well-known/spin/}. Immutable. */
final class WellKnown {
    private static final PlainAnswer HEALTHY = PlainAnswer.text(200, "text/plain;charset=utf-8", "OK");
    private static final PlainAnswer UNKNOWN = PlainAnswer.text(404, "text/plain;charset=utf-8", "");

    private final PlainAnswer about;

    WellKnown(Application application) {
        about = PlainAnswer.text(
                200,
                "application/json",
                "{\"name\":" + json(application.name()) + ",\"version\":" + json(application.version())
                        + ",\"oci_image_digest\":null}");
    }

    PlainAnswer answer(String path) {
        return switch (path.substring(Router.RESERVED.length())) {
            case "health" -> HEALTHY;
            case "info" -> about;
            default -> UNKNOWN;
        };
    }

    private static String json(String text) {
        if (text.isEmpty()) {
            return "null";
        }
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
