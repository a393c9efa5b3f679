package tenon.types.component;

import tenon.types.InvalidException;
import tenon.types.Place;

/**
 * The {@code plainname} of Explainer.md.
 *
 * @param kind what the annotation in brackets says
 * @param access whether the function is a getter or a setter
 * @param async whether the annotation says {@code async}, as it did in drafts of WASI 0.3
 * @param resource the resource's label; empty for {@link Kind#LABEL}
 * @param label the function's own label; empty for {@link Kind#CONSTRUCTOR}
 */
public record PlainName(Kind kind, Access access, boolean async, String resource, String label) implements ExternName {

    /** What a plain name's annotation says about a function. */
    public enum Kind {
        LABEL,
        CONSTRUCTOR,
        METHOD,
        STATIC
    }

    /** Whether a function is called, or stands for a value that is read or written. */
    public enum Access {
        CALL(""),
        GET("[get]"),
        SET("[set]");

        private final String annotation;

        Access(String annotation) {
            this.annotation = annotation;
        }
    }

    /** A name without annotation. */
    public static PlainName of(String label) {
        return new PlainName(Kind.LABEL, Access.CALL, false, "", label);
    }

    /** Reads a plain name; {@code place} is where an error points at. */
    public static PlainName parse(String text, Place place) {
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        String annotation = close < 0 ? "" : text.substring(1, close);
        String rest = text.substring(close + 1);
        boolean async = annotation.equals("async") || annotation.startsWith("async ");
        return switch (annotation) {
            case "", "async" -> function(Access.CALL, async, rest, text, place);
            case "get" -> function(Access.GET, false, rest, text, place);
            case "set" -> function(Access.SET, false, rest, text, place);
            case "constructor" -> new PlainName(Kind.CONSTRUCTOR, Access.CALL, false, label(rest, text, place), "");
            case "method", "async method" -> member(Kind.METHOD, async, rest, text, place);
            case "static", "async static" -> member(Kind.STATIC, async, rest, text, place);
            default ->
                throw new InvalidException(
                        place, "`" + text + "` is not a valid extern name, unknown annotation `[" + annotation + "]`");
        };
    }

    private static PlainName function(Access access, boolean async, String rest, String text, Place place) {
        return new PlainName(Kind.LABEL, access, async, "", label(rest, text, place));
    }

    private static PlainName member(Kind kind, boolean async, String annotated, String text, Place place) {
        Access access = annotated.startsWith(Access.GET.annotation)
                ? Access.GET
                : annotated.startsWith(Access.SET.annotation) ? Access.SET : Access.CALL;
        String rest = annotated.substring(access.annotation.length());
        int dot = rest.indexOf('.');
        if (dot < 0) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, expected `.` behind the resource's label");
        }
        return new PlainName(
                kind,
                access,
                async,
                label(rest.substring(0, dot), text, place),
                label(rest.substring(dot + 1), text, place));
    }

    private static String label(String label, String text, Place place) {
        if (text.startsWith("[]") || !Label.isLabel(label)) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, `" + label + "` is not in kebab case");
        }
        return label;
    }

    /** Whether two names of one unique form are a getter and its setter, which may stand beside each other. */
    public boolean isPairedWith(PlainName other) {
        return kind == other.kind && access != other.access && access != Access.CALL && other.access != Access.CALL;
    }

    @Override
    public String uniqueForm() {
        return switch (kind) {
            case LABEL -> Label.canonical(label);
            case CONSTRUCTOR -> "[constructor]" + Label.canonical(resource);
            case METHOD, STATIC -> {
                String one = Label.canonical(resource);
                String other = Label.canonical(label);
                yield one.equals(other) ? one : one + "." + other;
            }
        };
    }

    @Override
    public String toString() {
        String prefix = async ? "async " : "";
        return switch (kind) {
            case LABEL -> (async ? "[async]" : access.annotation) + label;
            case CONSTRUCTOR -> "[constructor]" + resource;
            case METHOD -> "[" + prefix + "method]" + access.annotation + resource + "." + label;
            case STATIC -> "[" + prefix + "static]" + access.annotation + resource + "." + label;
        };
    }
}
