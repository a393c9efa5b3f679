package tenon.wit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands behind {@code @} in front of an item: WIT.md, "Feature gate syntax". */
final class Attributes {
    private static final String EXTERNAL_ID = "external-id";

    private Attributes() {}

    static List<Attribute> parse(Cursor cursor) {
        var attributes = new ArrayList<Attribute>();
        while (cursor.eat("@")) {
            Attribute attribute = one(cursor);
            for (Attribute other : attributes) {
                if (other.getClass() == attribute.getClass()) {
                    throw attribute.spot().error("`@" + word(attribute) + "` stands here twice");
                }
            }
            attributes.add(attribute);
        }
        check(attributes);
        return attributes;
    }

    private static Attribute one(Cursor cursor) {
        Identifier name = cursor.identifier("`since`, `unstable`, `deprecated` or `external-id`");
        return switch (name.name()) {
            case "since" -> {
                open(cursor, "version");
                yield closed(cursor, new Attribute.Since(cursor.semanticVersion(), name.spot()));
            }
            case "deprecated" -> {
                open(cursor, "version");
                yield closed(cursor, new Attribute.Deprecated(cursor.semanticVersion(), name.spot()));
            }
            case "unstable" -> {
                open(cursor, "feature");
                yield closed(
                        cursor,
                        new Attribute.Unstable(
                                cursor.identifier("a name of a feature").name(), name.spot()));
            }
            case EXTERNAL_ID -> {
                cursor.expect("(");
                yield closed(cursor, new Attribute.ExternalId(string(cursor), name.spot()));
            }
            default ->
                throw name.spot()
                        .error(
                                "unknown attribute `@" + name + "`",
                                Slips.nearest(name.name(), List.of("since", "unstable", "deprecated", EXTERNAL_ID))
                                        .map(known -> "`@" + known + "` is one")
                                        .or(() -> Optional.of(
                                                "there are `@since`, `@unstable`, `@deprecated` and `@external-id`")));
        };
    }

    private static String string(Cursor cursor) {
        Token token = cursor.peek();
        if (token.kind() != Token.Kind.STRING) {
            throw cursor.unexpected("a string");
        }
        Spot spot = cursor.spot();
        cursor.next();
        return StringLiteral.value(token.text(), spot);
    }

    private static void open(Cursor cursor, String field) {
        cursor.expect("(");
        Identifier found = cursor.identifier("`" + field + "`");
        if (!found.name().equals(field)) {
            throw found.spot().error("expected `" + field + "`, found `" + found + "`");
        }
        cursor.expect("=");
    }

    private static Attribute closed(Cursor cursor, Attribute attribute) {
        cursor.expect(")");
        return attribute;
    }

    private static String word(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Since _ -> "since";
            case Attribute.Unstable _ -> "unstable";
            case Attribute.Deprecated _ -> "deprecated";
            case Attribute.ExternalId _ -> EXTERNAL_ID;
        };
    }

    /** WIT.md, "Rules for feature gate usage". */
    private static void check(List<Attribute> attributes) {
        boolean unstable = false;
        for (Attribute attribute : attributes) {
            unstable |= attribute instanceof Attribute.Unstable;
        }
        boolean gated = unstable;
        for (Attribute attribute : attributes) {
            if (attribute instanceof Attribute.Since && unstable) {
                throw attribute.spot().error("`@since` and `@unstable` exclude each other");
            }
            gated |= attribute instanceof Attribute.Since;
        }
        for (Attribute attribute : attributes) {
            if (attribute instanceof Attribute.Deprecated && !gated) {
                throw attribute
                        .spot()
                        .error(
                                "`@deprecated` stands alone, expected `@since` or `@unstable` beside it",
                                "`@since(version = …)` says since when there was what is deprecated now");
            }
        }
    }

    /** Items that the Component Model knows no attribute for. */
    static void refuseExternalId(List<Attribute> attributes, String where) {
        for (Attribute attribute : attributes) {
            if (attribute instanceof Attribute.ExternalId) {
                throw attribute.spot().error("`@external-id` is not allowed on " + where);
            }
        }
    }
}
