package tenon.app.outbound;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The host of a URL in the one form that equal hosts share (URL Standard, "Host parsing"): a domain in lower case, or an address,
 * however it was written: {@code 127.1} and {@code 0x7f000001} are {@code 127.0.0.1}. Immutable.
 */
public sealed interface UrlHost {
    /** Characters of a domain (RFC 1035, section 2.3.4), and a dot at its end. */
    int LONGEST = 254;

    /** A name; international ones in their ASCII form. */
    record Domain(String name) implements UrlHost {
        @Override
        public String toString() {
            return name;
        }
    }

    /** An address; one of IPv6 that stands for one of IPv4 is that of IPv4. */
    record Address(InetAddress address) implements UrlHost {
        @Override
        public String toString() {
            String text = IpLiteral.format(address);
            return text.indexOf(':') < 0 ? text : "[" + text + "]";
        }
    }

    /** Reads a host; empty if it is none. */
    static Optional<UrlHost> parse(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]")
                    ? IpLiteral.parseV6(text.substring(1, text.length() - 1)).map(Address::new)
                    : Optional.empty();
        }
        return decode(text).flatMap(UrlHost::ascii).flatMap(UrlHost::ofAscii);
    }

    private static Optional<UrlHost> ofAscii(String name) {
        if (IpLiteral.endsInNumber(name)) {
            return IpLiteral.parseV4(name).map(Address::new);
        }
        return Optional.of(new Domain(name));
    }

    /** URL Standard, "percent-decode"; what is no UTF-8 behind it is no host. */
    private static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            decoded.put(low >= 0 ? (byte) (high * 16 + low) : bytes[i]);
            i += low >= 0 ? 2 : 0;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** URL Standard, "domain to ASCII", and the code points that a domain must not have. */
    private static Optional<String> ascii(String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String lower;
        try {
            lower = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        boolean forbidden = lower.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || "#/:<>?@[\\]^|%".indexOf(c) >= 0);
        return lower.isEmpty() || forbidden ? Optional.empty() : Optional.of(lower);
    }
}
