package tenon.app.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses in the text of a URL (URL Standard, "IPv4 parser" and "IPv6 parser"). Resolves no names. */
final class IpLiteral {
    private IpLiteral() {}

    /** URL Standard, "ends in a number checker". */
    static boolean endsInNumber(String name) {
        String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String last = text.substring(text.lastIndexOf('.') + 1);
        boolean digits = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits || number(last) >= 0;
    }

    /** Up to four numbers, decimal, octal or hexadecimal; the last one fills what is left. */
    static Optional<InetAddress> parseV4(String name) {
        String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            boolean last = i == parts.length - 1;
            long most = last ? 1L << 8 * (4 - i) : 256;
            if (number < 0 || number >= most) {
                return Optional.empty();
            }
            address += last ? number : number << 8 * (3 - i);
        }
        return Optional.of(address(
                new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address}));
    }

    /** Negative if it is none, or greater than any address. */
    private static long number(String text) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        boolean octal = !hexadecimal && text.length() > 1 && text.startsWith("0");
        String digits = hexadecimal ? text.substring(2) : octal ? text.substring(1) : text;
        if (text.isEmpty() || digits.startsWith("-") || digits.startsWith("+")) {
            return -1;
        }
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, hexadecimal ? 16 : octal ? 8 : 10);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** Eight groups, {@code ::} for some that are zero, the last two perhaps in the form of IPv4; no zone. */
    static Optional<InetAddress> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte @Nullable [] all = groups(text);
            return all != null && all.length == 16 ? Optional.of(address(all)) : Optional.empty();
        }
        byte @Nullable [] head = groups(text.substring(0, gap));
        byte @Nullable [] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > 14 || hasV4(text.substring(0, gap))) {
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return Optional.of(address(bytes));
    }

    private static boolean hasV4(String text) {
        return text.indexOf('.') >= 0;
    }

    /** The bytes of groups with colons between them; null if they are none. */
    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        boolean v4 = hasV4(parts[parts.length - 1]);
        int length = 2 * parts.length + (v4 ? 2 : 0);
        if (length > 16) {
            return null;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < parts.length - (v4 ? 1 : 0); i++) {
            if (!parts[i].matches("[0-9A-Fa-f]{1,4}")) {
                return null;
            }
            int group = Integer.parseInt(parts[i], 16);
            bytes[2 * i] = (byte) (group >> 8);
            bytes[2 * i + 1] = (byte) group;
        }
        if (v4) {
            String last = parts[parts.length - 1];
            if (!last.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}")) {
                return null;
            }
            String[] numbers = last.split("\\.");
            for (int i = 0; i < 4; i++) {
                int number = Integer.parseInt(numbers[i]);
                if (number > 255) {
                    return null;
                }
                bytes[length - 4 + i] = (byte) number;
            }
        }
        return bytes;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of " + bytes.length + " bytes", e);
        }
    }

    /** RFC 5952: no zeros in front, the longest run of zero groups as {@code ::}. */
    static String format(InetAddress address) {
        if (address.getAddress().length == 4) {
            return address.getHostAddress();
        }
        String[] groups = address.getHostAddress().split("%")[0].split(":");
        int start = 0;
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            int run = 0;
            while (i + run < groups.length && groups[i + run].equals("0")) {
                run++;
            }
            if (run > length && run > 1) {
                start = i;
                length = run;
            }
        }
        if (length == 0) {
            return String.join(":", groups);
        }
        String head = String.join(":", Arrays.copyOfRange(groups, 0, start));
        return head + "::" + String.join(":", Arrays.copyOfRange(groups, start + length, groups.length));
    }
}
