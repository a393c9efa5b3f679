package tenon.wasi.http;

/** {@code wasi:http/types.method}. Immutable. */
public sealed interface Method {
    /** GET. */
    record Get() implements Method {}

    /** HEAD. */
    record Head() implements Method {}

    /** POST. */
    record Post() implements Method {}

    /** PUT. */
    record Put() implements Method {}

    /** DELETE. */
    record Delete() implements Method {}

    /** CONNECT. */
    record Connect() implements Method {}

    /** OPTIONS. */
    record Options() implements Method {}

    /** TRACE. */
    record Trace() implements Method {}

    /** PATCH. */
    record Patch() implements Method {}

    /** Any other token. */
    record Other(String name) implements Method {}

    /** From the word on the wire, which is case-sensitive. */
    static Method of(String name) {
        return switch (name) {
            case "GET" -> new Get();
            case "HEAD" -> new Head();
            case "POST" -> new Post();
            case "PUT" -> new Put();
            case "DELETE" -> new Delete();
            case "CONNECT" -> new Connect();
            case "OPTIONS" -> new Options();
            case "TRACE" -> new Trace();
            case "PATCH" -> new Patch();
            default -> new Other(name);
        };
    }

    /** The word on the wire. */
    default String word() {
        return switch (this) {
            case Get() -> "GET";
            case Head() -> "HEAD";
            case Post() -> "POST";
            case Put() -> "PUT";
            case Delete() -> "DELETE";
            case Connect() -> "CONNECT";
            case Options() -> "OPTIONS";
            case Trace() -> "TRACE";
            case Patch() -> "PATCH";
            case Other(String name) -> name;
        };
    }
}
