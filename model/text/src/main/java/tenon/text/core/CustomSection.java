package tenon.text.core;

import java.util.Optional;
import tenon.text.lex.Annotation;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.MalformedException;

/**
 * {@code (@custom "name" placement? string*)}: WebAssembly 3.0, appendix "Custom Sections", "Custom Annotation".
 *
 * @param anchor the section that it stands beside; nothing for the module's beginning or end
 */
public record CustomSection(String name, boolean before, Optional<SectionKind> anchor, byte[] content) {
    private static final String PREFIX = "@custom annotation: ";

    /** What an annotation says. */
    public static CustomSection read(Annotation annotation) {
        var content = new Cursor(annotation.content(), 0);
        return switch (annotation.id()) {
            case Annotation.PRODUCERS ->
                new CustomSection("producers", false, Optional.empty(), Producers.read(content));
            case Annotation.DYLINK -> new CustomSection("dylink.0", true, Optional.empty(), Dylink.read(content));
            default -> custom(annotation);
        };
    }

    /** Strings up to something else, joined. */
    public static byte[] strings(Cursor at) {
        return DataField.content(at);
    }

    private static CustomSection custom(Annotation annotation) {
        var at = new Cursor(annotation.content(), 0);
        if (!at.at(Token.STRING)) {
            throw malformed(annotation, "missing section name");
        }
        String name;
        try {
            name = at.expectName();
        } catch (MalformedException e) {
            throw malformed(annotation, e.fact());
        }
        boolean before = false;
        Optional<SectionKind> anchor = Optional.empty();
        if (at.at(Token.OPEN)) {
            at.skip();
            before = at.atKeyword("before");
            if (!before && !at.atKeyword("after")) {
                throw malformed(annotation, "malformed placement, expected `before` or `after`");
            }
            at.skip();
            anchor = anchor(annotation, at, before ? "first" : "last");
            at.expectClose();
        }
        byte[] content = DataField.content(at);
        if (!at.at(Token.END)) {
            throw malformed(annotation, "unexpected token `" + at.text() + "`");
        }
        return new CustomSection(name, before, anchor, content);
    }

    private static Optional<SectionKind> anchor(Annotation annotation, Cursor at, String edge) {
        if (at.take(edge)) {
            return Optional.empty();
        }
        SectionKind kind = at.at(Token.KEYWORD) ? SectionKind.BY_WORD.get(at.text()) : null;
        if (kind == null) {
            throw malformed(annotation, "malformed section kind");
        }
        at.skip();
        return Optional.of(kind);
    }

    private static MalformedException malformed(Annotation annotation, String fact) {
        return annotation.content().source().malformed(annotation.offset(), PREFIX + fact);
    }
}
