package tenon.wit.print;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.wit.syntax.Lexer;
import tenon.wit.syntax.Parser;
import tenon.wit.syntax.Source;
import tenon.wit.syntax.Token;

/**
 * Brings a file into its common form. Policy: two blanks for each level; one item, field or case on a line; commas behind the last one of
 * what is broken into lines; a list in parentheses or angles is broken into lines if a line ends behind its bracket. Comments and single
 * blank lines stay where they are. What the file means does not change: its tokens stay, but for such commas. Confined to one run.
 */
public final class Formatter {
    private static final String STEP = "  ";

    /** A bracket that is open. */
    private record Bracket(Form form, boolean broken) {}

    /** What a bracket holds. */
    private enum Form {
        /** Items, fields or cases: a line for each. */
        BLOCK,
        /** Names of {@code use}. */
        NAMES,
        /** Names of {@code include … with}. */
        RENAMES,
        PARAMETERS,
        /** An attribute's value, or a payload. */
        PARENTHESES,
        ANGLES
    }

    private final Source source;
    private final List<Token> tokens;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Bracket> brackets = new ArrayDeque<>();

    /** How many of {@link #brackets} are broken into lines. */
    private int depth;

    private boolean lineBreak;

    /** The first word of the item that is being written. */
    private String statement = "";

    /** Parentheses of an attribute are open, or just closed. */
    private boolean attribute;

    /** What the bracket holds that was closed last. */
    private Form closed = Form.BLOCK;

    private Formatter(Source source) {
        this.source = source;
        this.tokens = joined(Lexer.tokens(source));
    }

    /** The file in its common form; raises a {@link tenon.wit.WitException} if it does not follow the grammar. */
    public static String format(Source source) {
        Parser.parse(source);
        return new Formatter(source).format();
    }

    /** The tokens with each version as one. */
    private static List<Token> joined(List<Token> tokens) {
        var joined = new ArrayList<Token>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean version = token.kind() == Token.Kind.INTEGER
                    && !joined.isEmpty()
                    && (joined.getLast().is("@") || joined.getLast().is("="));
            while (version && continuesVersion(token, tokens.get(i + 1), tokens.get(i + 2))) {
                Token next = tokens.get(++i);
                token = new Token(token.kind(), token.text() + next.text(), token.start(), next.end());
            }
            joined.add(token);
        }
        return joined;
    }

    private static boolean continuesVersion(Token version, Token next, Token afterNext) {
        boolean part = switch (next.kind()) {
            case INTEGER, IDENTIFIER, KEYWORD -> true;
            case SYMBOL -> next.is("-") || next.is("+") || (next.is(".") && !afterNext.is("{"));
            case EXPLICIT, STRING, COMMENT, INVALID, END -> false;
        };
        return part && version.end() == next.start();
    }

    private String format() {
        Token previous = null;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.END) {
                break;
            }
            boolean closes = token.is("}") || token.is(")") || token.is(">");
            if (closes && previous != null) {
                close(previous);
            }
            separate(previous, token, i);
            out.append(token.kind() == Token.Kind.COMMENT ? token.text().stripTrailing() : token.text());
            follow(token, i);
            previous = token;
        }
        return out.isEmpty() ? "" : out.append('\n').toString();
    }

    private Token at(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1));
    }

    /** In front of a closing bracket. */
    private void close(Token previous) {
        Bracket bracket = brackets.pop();
        closed = bracket.form();
        if (!bracket.broken()) {
            return;
        }
        depth--;
        boolean comma =
                bracket.form() != Form.ANGLES && !endsElement(previous) && previous.kind() != Token.Kind.COMMENT;
        if (comma) {
            out.append(',');
        }
        lineBreak = !previous.is("{") && !previous.is("(") && !previous.is("<");
    }

    private static boolean endsElement(Token token) {
        return token.is(",") || token.is(";") || token.is("{") || token.is("}") || token.is("(");
    }

    private void separate(@Nullable Token previous, Token token, int index) {
        if (previous == null) {
            return;
        }
        int lines = source.line(token.start()) - source.line(previous.end());
        if (token.kind() == Token.Kind.COMMENT && lines == 0 && !isMultiline(token)) {
            out.append(' ');
            return;
        }
        boolean afterLineComment =
                previous.kind() == Token.Kind.COMMENT && previous.text().startsWith("//");
        boolean ownLine = lines > 0 && (token.kind() == Token.Kind.COMMENT || previous.kind() == Token.Kind.COMMENT);
        if (lineBreak || afterLineComment || ownLine) {
            boolean blank = lines > 1 && !previous.is("{") && !token.is("}");
            out.append(blank ? "\n\n" : "\n").repeat(STEP, depth + (lineBreak || depth == 0 || atItem() ? 0 : 1));
            lineBreak = false;
        } else if (isSpaced(previous, token, index)) {
            out.append(' ');
        }
    }

    private static boolean isMultiline(Token comment) {
        return comment.text().indexOf('\n') >= 0;
    }

    /** Whether an item, field or case may start here. */
    private boolean atItem() {
        return statement.isEmpty();
    }

    private void follow(Token token, int index) {
        if (token.kind() == Token.Kind.COMMENT) {
            // a comment in front of an item is followed by a line end anyhow
            return;
        }
        if (statement.isEmpty()) {
            statement = token.text();
            attribute = token.is("@");
        }
        boolean brokenSource = source.line(at(index + 1).start()) > source.line(token.end());
        switch (token.text()) {
            case "{" -> open(blockForm(index), brokenSource, at(index + 1).is("}"));
            case "(" -> {
                boolean parameters = isFunctionWord(index - 1);
                open(
                        parameters ? Form.PARAMETERS : Form.PARENTHESES,
                        parameters && brokenSource,
                        at(index + 1).is(")"));
            }
            case "<" -> open(Form.ANGLES, brokenSource, false);
            case "," -> {
                lineBreak = !brackets.isEmpty() && brackets.peek().broken();
                endItem(lineBreak);
            }
            case ";" -> {
                lineBreak = true;
                endItem(true);
            }
            case "}" -> {
                boolean item = !at(index + 1).is(";")
                        && (brackets.isEmpty() || brackets.peek().broken());
                lineBreak = item;
                endItem(item);
            }
            case ")" -> {
                if (attribute && token.kind() == Token.Kind.SYMBOL) {
                    lineBreak = true;
                    endItem(true);
                }
            }
            default -> {}
        }
    }

    private void endItem(boolean ends) {
        if (ends) {
            statement = "";
            attribute = false;
        }
    }

    private boolean isFunctionWord(int index) {
        Token word = at(Math.max(index, 0));
        Token before = at(Math.max(index - 1, 0));
        boolean accessor = word.text().equals("get") || word.text().equals("set");
        return word.is("func") || word.is("constructor") || (accessor && (before.is(":") || before.is("static")));
    }

    private Form blockForm(int index) {
        Token before = at(Math.max(index - 1, 0));
        return before.is(".") ? Form.NAMES : before.is("with") ? Form.RENAMES : Form.BLOCK;
    }

    private void open(Form form, boolean brokenSource, boolean empty) {
        boolean broken = !empty && (form == Form.BLOCK || brokenSource);
        brackets.push(new Bracket(form, broken));
        if (broken) {
            depth++;
            lineBreak = true;
            endItem(form == Form.BLOCK);
        }
    }

    private boolean isSpaced(Token previous, Token token, int index) {
        if (token.kind() == Token.Kind.COMMENT || previous.kind() == Token.Kind.COMMENT) {
            return true;
        }
        if (token.is(",") || token.is(";") || token.is(":") || token.is(")") || token.is(">") || token.is(".")) {
            return false;
        }
        if (token.is("<") || token.is("(") || token.is("/") || token.is("@")) {
            return false;
        }
        if (previous.is("(") || previous.is("<") || previous.is("/") || previous.is("@") || previous.is(".")) {
            return false;
        }
        if (token.is("}") || previous.is("{")) {
            boolean renames = token.is("}")
                    ? closed == Form.RENAMES
                    : !brackets.isEmpty() && brackets.peek().form() == Form.RENAMES;
            return renames && !(previous.is("{") && token.is("}"));
        }
        return !previous.is(":") || !isPath(index);
    }

    /** Whether the token stands behind the {@code :} of a package's name. */
    private boolean isPath(int index) {
        return statement.equals("package") || at(index + 1).is("/");
    }
}
