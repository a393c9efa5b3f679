package tenon.types.component;

import tenon.types.InvalidException;
import tenon.types.Place;

/**
 * The {@code plainname} of Explainer.md.
 *
 * @param kind what the annotation in brackets says
 * @param async whether the annotation says {@code async}, as it did in drafts of WASI 0.3
 * @param resource the resource's label; empty for {@link Kind#LABEL}
 * @param label the function's own label; empty for {@link Kind#CONSTRUCTOR}
 */
public record PlainName(Kind kind, boolean async, String resource, String label) implements ExternName {

    /** What a plain name's annotation says about a function. */
    public enum Kind {
        LABEL,
        CONSTRUCTOR,
        METHOD,
        STATIC
    }

    /** A name without annotation. */
    public static PlainName of(String label) {
        return new PlainName(Kind.LABEL, false, "", label);
    }

    /** Reads a plain name; {@code place} is where an error points at. */
    public static PlainName parse(String text, Place place) {
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        String annotation = close < 0 ? "" : text.substring(1, close);
        String rest = text.substring(close + 1);
        boolean async = annotation.equals("async") || annotation.startsWith("async ");
        return switch (annotation) {
            case "", "async" -> new PlainName(Kind.LABEL, async, "", label(rest, text, place));
            case "constructor" -> new PlainName(Kind.CONSTRUCTOR, false, label(rest, text, place), "");
            case "method", "async method" -> member(Kind.METHOD, async, rest, text, place);
            case "static", "async static" -> member(Kind.STATIC, async, rest, text, place);
            default ->
                throw new InvalidException(
                        place, "`" + text + "` is not a valid extern name, unknown annotation `[" + annotation + "]`");
        };
    }

    private static PlainName member(Kind kind, boolean async, String rest, String text, Place place) {
        int dot = rest.indexOf('.');
        if (dot < 0) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, expected `.` behind the resource's label");
        }
        return new PlainName(
                kind, async, label(rest.substring(0, dot), text, place), label(rest.substring(dot + 1), text, place));
    }

    private static String label(String label, String text, Place place) {
        if (text.startsWith("[]") || !Label.isLabel(label)) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, `" + label + "` is not in kebab case");
        }
        return label;
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
            case LABEL -> (async ? "[async]" : "") + label;
            case CONSTRUCTOR -> "[constructor]" + resource;
            case METHOD -> "[" + prefix + "method]" + resource + "." + label;
            case STATIC -> "[" + prefix + "static]" + resource + "." + label;
        };
    }
}
