package tenon.wasi.http;

/** Which strings are parts of a URI (RFC 3986), as strict as what stands in a request line must be. */
final class UriParts {
    private static final String NOT_IN_PATHS = "\"#<>\\^`";
    private static final String IN_HOSTS = "-._~!$&'()*+,;=%";

    private UriParts() {}

    static boolean isScheme(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]*");
    }

    /** Empty, {@code *}, or something that starts with {@code /} or {@code ?}. */
    static boolean isPathWithQuery(String text) {
        boolean begins = text.isEmpty() || text.equals("*") || text.startsWith("/") || text.startsWith("?");
        return begins && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && NOT_IN_PATHS.indexOf(c) < 0);
    }

    /** {@code host[:port]}; no user information, which a request must not carry (RFC 9110, 4.2.4). */
    static boolean isAuthority(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > text.lastIndexOf(']') && colon >= 0;
        String host = port ? text.substring(0, colon) : text;
        return isHost(host) && (!port || isPort(text.substring(colon + 1)));
    }

    private static boolean isHost(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String address = text.substring(1, text.length() - 1);
            return !address.isEmpty() && address.matches("[0-9A-Fa-f:.]+") && address.contains(":");
        }
        return !text.isEmpty() && text.chars().allMatch(UriParts::isHostSign);
    }

    private static boolean isHostSign(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || IN_HOSTS.indexOf(c) >= 0;
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
    }
}
