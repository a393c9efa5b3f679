package tenon.app.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tenon.app.ManifestException;
import tenon.types.Place;

/** A text with expressions: {@code https://{{ host }}/}. Immutable. */
public record Template(List<Part> parts, Place place) {

    /** A piece of a template. */
    public sealed interface Part {}

    /** Text that stands for itself. */
    public record Literal(String text) implements Part {}

    /** The name of a variable, whose value stands here. */
    public record Expression(String variable) implements Part {}

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    public Template {
        parts = List.copyOf(parts);
    }

    /**
     * Reads a template; blanks around the name of an expression do not count.
     *
     * @throws ManifestException if braces have no end, or what is between them is not a variable's name
     */
    public static Template parse(String text, Place place) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            if (open != at) {
                int end = open < 0 ? text.length() : open;
                parts.add(new Literal(text.substring(at, end)));
                at = end;
                continue;
            }
            int close = text.indexOf(CLOSE, open + OPEN.length());
            if (close < 0) {
                throw new ManifestException(place, "`{{` in `" + text + "` has no end, expected `}}`");
            }
            String name = text.substring(open + OPEN.length(), close).strip();
            String fault = VariableName.fault(name);
            if (fault != null) {
                throw new ManifestException(place, "`" + name + "` is not the name of a variable, " + fault);
            }
            parts.add(new Expression(name));
            at = close + CLOSE.length();
        }
        return new Template(parts, place);
    }

    /** Whether there is nothing to resolve. */
    public boolean isLiteral() {
        return variables().findAny().isEmpty();
    }

    /** The names of its variables, with repetitions. */
    public Stream<String> variables() {
        return parts.stream().filter(Expression.class::isInstance).map(part -> ((Expression) part).variable());
    }

    /** The text, with what {@code values} gives for each variable. */
    public String fill(UnaryOperator<String> values) {
        var text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Expression expression -> values.apply(expression.variable());
                    });
        }
        return text.toString();
    }

    /** As it is written, blanks aside. */
    @Override
    public String toString() {
        return fill(name -> OPEN + " " + name + " " + CLOSE);
    }
}
