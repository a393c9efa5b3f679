package tenon.app.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.types.Place;

/** Turns {@code allowed_http_hosts}, whose items are hosts, into items of {@code allowed_outbound_hosts}, which are URLs. */
final class LegacyHosts {
    private static final String ALL = "insecure:allow-all";
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^\\s:/?#@\\[\\]*]+)(:[0-9]{1,5})?/?");

    private LegacyHosts() {}

    /** What version 1 grants where {@code allowed_outbound_hosts} is missing. */
    static List<Placed<String>> databases(Place place) {
        return placed(place, "redis://*:*", "mysql://*:*", "postgres://*:*");
    }

    /** The newer form of {@code hosts}; that all are allowed makes the others unimportant. */
    static List<Placed<String>> translate(List<Placed<String>> hosts, Problems problems) {
        for (Placed<String> host : hosts) {
            if (host.value().equals(ALL)) {
                return placed(host.place(), "http://*:*", "https://*:*", "http://self");
            }
        }
        List<Placed<String>> translated = new ArrayList<>();
        hosts.forEach(host -> translated.addAll(translate(host, problems)));
        return translated;
    }

    private static List<Placed<String>> translate(Placed<String> host, Problems problems) {
        String text = host.value();
        int scheme = text.indexOf("://");
        String protocol = scheme < 0 ? "http" : text.substring(0, scheme).toLowerCase(Locale.ROOT);
        String rest = scheme < 0 ? text : text.substring(scheme + 3);
        int slash = rest.indexOf('/');
        if (slash >= 0 && slash < rest.length() - 1) {
            problems.add(host.place(), "`" + text + "` has a path, expected `HOST` or `HOST:PORT`");
            return List.of();
        }
        if (!HOST.matcher(rest).matches() || !(protocol.equals("http") || protocol.equals("https"))) {
            problems.add(host.place(), "`" + text + "` is not a host, expected `HOST` or `HOST:PORT`");
            return List.of();
        }
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        return authority.equals("self")
                ? placed(host.place(), "http://self")
                : placed(host.place(), "http://" + authority, "https://" + authority);
    }

    private static List<Placed<String>> placed(Place place, String... hosts) {
        return Stream.of(hosts).map(host -> new Placed<>(host, place)).toList();
    }
}
