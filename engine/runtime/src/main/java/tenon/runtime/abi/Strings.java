package tenon.runtime.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.core.CoreMemory;
import tenon.runtime.table.Rule;

/** Strings in a guest's memory, in each encoding: CanonicalABI.md, "Loading" ({@code load_string}) and "Storing" ({@code store_string}). */
public final class Strings {
    private static final String LOADING = "Loading";
    private static final int LATIN1_LIMIT = 0x100;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A string's bytes, at most: CanonicalABI.md, {@code MAX_STRING_BYTE_LENGTH}. */
    static final long MAX_STRING_BYTE_LENGTH = (1 << 28) - 1;

    private Strings() {}

    /** Where a string comes from: what decides how it is stored. */
    enum Source {
        HOST,
        UTF8,
        UTF16,
        /** Latin-1 of a guest with {@link StringEncoding#LATIN1_UTF16}. */
        LATIN1,
        /** UTF-16 of a guest with {@link StringEncoding#LATIN1_UTF16}. */
        TAGGED_UTF16
    }

    /**
     * A string with what is known of where it was.
     *
     * @param codeUnits how many it had there; 0 if it is the host's
     */
    public record Lifted(String value, Source source, int codeUnits) {
        /** A string of the host. */
        public static Lifted ofHost(String value) {
            return new Lifted(value, Source.HOST, 0);
        }
    }

    /** Reads a string: {@code load_string_from_range}; both numbers are unsigned. */
    public static Lifted load(LiftLowerContext cx, long address, long taggedCodeUnits) {
        return switch (cx.encoding()) {
            case UTF8 -> new Lifted(utf8(cx, address, taggedCodeUnits), Source.UTF8, (int) taggedCodeUnits);
            case UTF16 -> utf16(cx, address, taggedCodeUnits, Source.UTF16);
            case LATIN1_UTF16 -> {
                long tag = utf16Tag(cx);
                if ((taggedCodeUnits & tag) != 0) {
                    yield utf16(cx, address, taggedCodeUnits ^ tag, Source.TAGGED_UTF16);
                }
                check(cx, address, taggedCodeUnits, 1, 2);
                ByteBuffer bytes = cx.view(address, (int) taggedCodeUnits);
                String latin1 =
                        new String(bytes.array(), bytes.position(), bytes.remaining(), StandardCharsets.ISO_8859_1);
                yield new Lifted(latin1, Source.LATIN1, (int) taggedCodeUnits);
            }
        };
    }

    /** The bit of a length that says that the string is UTF-16: CanonicalABI.md, {@code utf16_tag}. */
    private static long utf16Tag(LiftLowerContext cx) {
        return 1L << (8 * cx.pointer().size() - 1);
    }

    /** Reads {@code byteLength} bytes of UTF-8; traps if they are not well-formed. Both numbers are unsigned. */
    public static String utf8(LiftLowerContext cx, long address, long byteLength) {
        check(cx, address, byteLength, 1, 1);
        return decodeUtf8(cx.view(address, (int) byteLength));
    }

    private static String decodeUtf8(ByteBuffer bytes) {
        String decoded = new String(bytes.array(), bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
        // what is malformed becomes U+FFFD, so a string without it was well-formed
        if (decoded.indexOf('\uFFFD') >= 0) {
            requireWellFormed(bytes);
        }
        return decoded;
    }

    /** Moves a string from one memory to another: as {@link #load} and {@link #store} do. */
    public static Range transfer(LiftLowerContext from, LiftLowerContext to, long address, long taggedCodeUnits) {
        return store(to, load(from, address, taggedCodeUnits));
    }

    /** Checks a string that stays as it is on its way between two guests that both have UTF-8; traps as {@link #load} does. */
    public static void checkUtf8(LiftLowerContext from, long address, long byteLength) {
        check(from, address, byteLength, 1, 1);
        CoreMemory memory = from.memory();
        if (memory.isChunked() || !isAscii(memory.bytes(), (int) address, (int) byteLength)) {
            decodeUtf8(from.view(address, (int) byteLength));
        }
    }

    private static boolean isAscii(byte[] bytes, int start, int length) {
        int at = start;
        int end = start + length;
        // most strings are ASCII to their end: the JIT makes more of a loop that does not stop earlier
        long all = 0;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            all |= (long) LONG.get(bytes, at);
        }
        for (; at < end; at++) {
            all |= bytes[at];
        }
        return (all & 0x8080808080808080L) == 0;
    }

    private static void requireWellFormed(ByteBuffer in) {
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, CharBuffer.allocate(in.remaining()), false);
        Rule.trapIf(result.isError(), "invalid utf-8", LOADING);
        Rule.trapIf(in.hasRemaining(), "incomplete utf-8 byte sequence", LOADING);
    }

    private static Lifted utf16(LiftLowerContext cx, long address, long codeUnits, Source source) {
        check(cx, address, codeUnits, 2, 2);
        char[] units = new char[(int) codeUnits];
        cx.view(address, 2 * units.length).asCharBuffer().get(units);
        String value = new String(units);
        Rule.trapIf(hasLoneSurrogate(value), "invalid utf-16: unpaired surrogate", LOADING);
        return new Lifted(value, source, units.length);
    }

    private static void check(LiftLowerContext cx, long address, long codeUnits, int unitSize, int alignment) {
        // twice what is longer than that may not fit a long
        if (Long.compareUnsigned(codeUnits, MAX_STRING_BYTE_LENGTH) > 0
                || codeUnits * unitSize > MAX_STRING_BYTE_LENGTH) {
            throw Rule.trap("string pointer/length out of bounds of memory: more than 2^28-1 bytes", LOADING);
        }
        if ((address & (alignment - 1)) != 0) {
            throw Rule.trap("string pointer not aligned to " + alignment, LOADING);
        }
        long byteLength = codeUnits * unitSize;
        cx.check(address, byteLength, 1, "string pointer/length out of bounds of memory", LOADING);
        cx.instance().countLifted(byteLength);
    }

    private static boolean hasLoneSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Writes a string: {@code store_string_into_range}. */
    public static Range store(LiftLowerContext cx, Lifted string) {
        return switch (cx.encoding()) {
            case UTF8 ->
                switch (string.source()) {
                    case HOST -> copy(cx, hostUtf8(string.value()), 1, 1, 0);
                    case UTF8 -> copy(cx, string.value().getBytes(StandardCharsets.UTF_8), 1, 1, 0);
                    case UTF16, TAGGED_UTF16 -> toUtf8(cx, string, 3);
                    case LATIN1 -> toUtf8(cx, string, 2);
                };
            case UTF16 ->
                switch (string.source()) {
                    case HOST -> copy(cx, hostUtf16(string.value()), 2, 2, 0);
                    case UTF8 -> utf8ToUtf16(cx, string);
                    case UTF16, TAGGED_UTF16, LATIN1 -> copy(cx, utf16(string.value()), 2, 2, 0);
                };
            case LATIN1_UTF16 ->
                switch (string.source()) {
                    case HOST -> hostLatin1OrUtf16(cx, string.value());
                    case UTF8, UTF16 -> toLatin1OrUtf16(cx, string);
                    case LATIN1 -> copy(cx, string.value().getBytes(StandardCharsets.ISO_8859_1), 2, 1, 0);
                    case TAGGED_UTF16 -> probablyUtf16(cx, string);
                };
        };
    }

    /** The UTF-8 form of a host's string, which must be well-formed. */
    public static byte[] hostUtf8(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != value.length()) {
            requireWellFormed(value);
        } else if (bytes.length > 0 && value.indexOf('?') >= 0) {
            // the encoder writes `?` for a lone surrogate, one byte for one unit
            requireWellFormed(value);
        }
        return requireShort(bytes);
    }

    private static byte[] hostUtf16(String value) {
        requireWellFormed(value);
        return requireShort(utf16(value));
    }

    private static void requireWellFormed(String value) {
        if (hasLoneSurrogate(value)) {
            throw new IllegalArgumentException(
                    "the host's string has an unpaired surrogate, which a `string` must not have");
        }
    }

    private static byte[] requireShort(byte[] bytes) {
        if (bytes.length > MAX_STRING_BYTE_LENGTH) {
            throw new IllegalArgumentException(
                    "a string of " + bytes.length + " bytes is longer than the Canonical ABI allows, 2^28-1 bytes");
        }
        return bytes;
    }

    private static Range hostLatin1OrUtf16(LiftLowerContext cx, String value) {
        if (value.chars().allMatch(unit -> unit < LATIN1_LIMIT)) {
            return copy(cx, requireShort(value.getBytes(StandardCharsets.ISO_8859_1)), 2, 1, 0);
        }
        return copy(cx, hostUtf16(value), 2, 2, utf16Tag(cx));
    }

    private static byte[] utf16(String value) {
        return value.getBytes(StandardCharsets.UTF_16LE);
    }

    /** {@code store_string_copy}. */
    private static Range copy(LiftLowerContext cx, byte[] encoded, int alignment, int unitSize, long tag) {
        long address = cx.allocate(alignment, encoded.length);
        cx.memory().write(address, encoded);
        return new Range(address, encoded.length / unitSize | tag);
    }

    /** {@code store_string_to_utf8}: as if all were ASCII first, then room for the worst, then what it is. */
    private static Range toUtf8(LiftLowerContext cx, Lifted string, int worstFactor) {
        int units = string.codeUnits();
        long address = cx.allocate(1, units);
        byte[] encoded = string.value().getBytes(StandardCharsets.UTF_8);
        // one byte a unit: Latin-1 and UTF-16 alike are as long in UTF-8 only if all is ASCII
        if (encoded.length != units) {
            long worst = (long) worstFactor * units;
            address = cx.reallocate(address, units, 1, worst);
            cx.memory().write(address, encoded);
            if (worst > encoded.length) {
                address = cx.reallocate(address, worst, 1, encoded.length);
            }
        } else {
            cx.memory().write(address, encoded);
        }
        return new Range(address, encoded.length);
    }

    /** {@code store_utf8_to_utf16}. */
    private static Range utf8ToUtf16(LiftLowerContext cx, Lifted string) {
        long worst = 2L * string.codeUnits();
        long address = cx.allocate(2, worst);
        byte[] encoded = utf16(string.value());
        cx.memory().write(address, encoded);
        if (encoded.length < worst) {
            address = cx.reallocate(address, worst, 2, encoded.length);
        }
        return new Range(address, encoded.length / 2);
    }

    /** {@code store_string_to_latin1_or_utf16}. */
    private static Range toLatin1OrUtf16(LiftLowerContext cx, Lifted string) {
        int units = string.codeUnits();
        String value = string.value();
        long address = cx.allocate(2, units);
        int latin1 = 0;
        while (latin1 < value.length() && value.charAt(latin1) < LATIN1_LIMIT) {
            latin1++;
        }
        if (latin1 == value.length()) {
            cx.memory().write(address, value.getBytes(StandardCharsets.ISO_8859_1));
            if (latin1 < units) {
                address = cx.reallocate(address, units, 2, latin1);
            }
            return new Range(address, latin1);
        }
        // the guest's realloc copies what was written so far, as the specification has it
        cx.memory().write(address, value.substring(0, latin1).getBytes(StandardCharsets.ISO_8859_1));
        long worst = 2L * units;
        address = cx.reallocate(address, units, 2, worst);
        byte[] encoded = utf16(value);
        cx.memory().write(address, encoded);
        if (worst > encoded.length) {
            address = cx.reallocate(address, worst, 2, encoded.length);
        }
        return new Range(address, encoded.length / 2 | utf16Tag(cx));
    }

    /** {@code store_probably_utf16_to_latin1_or_utf16}. */
    private static Range probablyUtf16(LiftLowerContext cx, Lifted string) {
        byte[] encoded = utf16(string.value());
        CoreMemory memory = cx.memory();
        long address = cx.allocate(2, encoded.length);
        memory.write(address, encoded);
        if (string.value().chars().anyMatch(unit -> unit >= LATIN1_LIMIT)) {
            return new Range(address, encoded.length / 2 | utf16Tag(cx));
        }
        byte[] latin1 = string.value().getBytes(StandardCharsets.ISO_8859_1);
        memory.write(address, latin1);
        address = cx.reallocate(address, encoded.length, 1, latin1.length);
        return new Range(address, latin1.length);
    }
}
