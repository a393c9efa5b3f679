package tenon.app.outbound;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.outbound.AllowedHost.Below;
import tenon.app.outbound.AllowedHost.Literal;
import tenon.app.template.Template;

/**
 * Where a component may connect to: its {@code allowed_outbound_hosts}. Immutable.
 *
 * <p>Policy: nowhere, unless it is named. {@code *.spin.internal} names the application's own components, and nothing that a DNS
 * record could add to them.
 */
public final class AllowedHosts {
    /** Behind the id of a component: how other components call it. */
    public static final String INTERNAL = "spin.internal";

    /** Nowhere. */
    public static final AllowedHosts NOWHERE = new AllowedHosts(List.of());

    private final List<AllowedHost> hosts;

    private AllowedHosts(List<AllowedHost> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /**
     * From items of a manifest.
     *
     * @param values of the variables in their expressions; an item that is empty, or a scheme only, once they are filled in grants
     *     nothing
     * @param components ids of the application's components
     * @throws ManifestException if an item, once filled in, is none
     */
    public static AllowedHosts of(
            List<Placed<String>> items, UnaryOperator<String> values, Collection<String> components) {
        List<AllowedHost> hosts = new ArrayList<>();
        for (Placed<String> item : items) {
            Template template = Template.parse(item.value(), item.place());
            String text = template.fill(values);
            if (template.isLiteral() || !isEmpty(text)) {
                hosts.addAll(expand(parse(template, text), components));
            }
        }
        return new AllowedHosts(hosts);
    }

    private static AllowedHost parse(Template template, String text) {
        try {
            return AllowedHost.parse(text, template.place());
        } catch (ManifestException e) {
            if (template.isLiteral()) {
                throw e;
            }
            // a value may be a secret
            throw new ManifestException(
                    template.place(),
                    "allowed host `" + template + "` is none with the values of its variables, " + AllowedHost.FORM);
        }
    }

    /** Notes what is wrong with items: those without expressions, and those whose variables {@code defaults} all has. */
    public static void check(
            List<Placed<String>> items, Function<String, Optional<String>> defaults, Problems problems) {
        for (Placed<String> item : items) {
            problems.gather(() -> {
                Template template = Template.parse(item.value(), item.place());
                boolean known = template.variables()
                        .allMatch(name -> defaults.apply(name).isPresent());
                String text = known ? template.fill(name -> defaults.apply(name).orElseThrow()) : "";
                boolean skipped = !known || (!template.isLiteral() && isEmpty(text));
                return skipped ? template : AllowedHost.parse(text, item.place());
            });
        }
    }

    /** What is left if an optional variable has no value. */
    private static boolean isEmpty(String text) {
        return text.isEmpty() || text.equals("http://") || text.equals("https://");
    }

    private static List<AllowedHost> expand(AllowedHost host, Collection<String> components) {
        if (!host.host().equals(new Below(INTERNAL))) {
            return List.of(host);
        }
        return components.stream()
                .map(id -> new AllowedHost(
                        host.text(),
                        host.scheme(),
                        new Literal(new UrlHost.Domain(id.toLowerCase(Locale.ROOT) + "." + INTERNAL)),
                        host.port()))
                .toList();
    }

    /** The items, expressions filled in. */
    public List<AllowedHost> hosts() {
        return hosts;
    }

    /**
     * Whether a connection is allowed.
     *
     * @param host as it is in a URL, an IPv6 address in brackets
     * @param port negative for the scheme's own
     */
    public boolean allows(String scheme, String host, int port) {
        return !allowing(scheme, host, port).isEmpty();
    }

    /** The items that allow a connection; parameters as {@link #allows} takes them. */
    public List<AllowedHost> allowing(String scheme, String host, int port) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        int number = port >= 0 ? port : AllowedHost.wellKnownPort(lower).orElse(-1);
        return UrlHost.parse(host).stream()
                .flatMap(name -> hosts.stream().filter(allowed -> allowed.allows(lower, name, number)))
                .toList();
    }

    /** Whether a URL, or an address like {@code user:password@host}, is allowed; false if it cannot be read. */
    public boolean allowsUrl(String url, String defaultScheme) {
        return OutboundUrl.parse(url, defaultScheme)
                .map(parsed -> allows(parsed.scheme(), parsed.host(), parsed.port()))
                .orElse(false);
    }

    /** Whether the application itself may be called by a URL without a host. */
    public boolean allowsSelf(String scheme) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        return hosts.stream().anyMatch(allowed -> allowed.allowsSelf() && allowed.allowsScheme(lower));
    }
}
