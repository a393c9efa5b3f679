package tenon.wasi.http;

/** {@code wasi:http/types.scheme}. Immutable. */
public sealed interface Scheme {
    /** http. */
    record Http() implements Scheme {}

    /** https. */
    record Https() implements Scheme {}

    /** Any other scheme. */
    record Other(String name) implements Scheme {}

    /** From the word in a URI, which has no case. */
    static Scheme of(String name) {
        if (name.equalsIgnoreCase("http")) {
            return new Http();
        }
        return name.equalsIgnoreCase("https") ? new Https() : new Other(name);
    }

    /** The word in a URI. */
    default String word() {
        return switch (this) {
            case Http() -> "http";
            case Https() -> "https";
            case Other(String name) -> name;
        };
    }
}
