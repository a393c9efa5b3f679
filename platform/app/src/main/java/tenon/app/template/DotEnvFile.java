package tenon.app.template;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tenon.app.ManifestException;
import tenon.app.Problems;
import tenon.types.Place;

/**
 * A file {@code .env}: lines of {@code NAME=VALUE}, {@code export} in front if one likes, {@code #} for comments. A value in
 * single quotes stands as it is; in double quotes {@code \n}, {@code \"}, {@code \\} and {@code \$} are escapes; {@code ${NAME}}
 * outside of single quotes stands for an earlier value of the file.
 */
public final class DotEnvFile {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("\\\\(.)|\\$\\{([A-Za-z_][A-Za-z0-9_.]*)}");

    private DotEnvFile() {}

    /**
     * The values of a file; none if there is no such file.
     *
     * @throws ManifestException if it cannot be read, or a line is of another form
     */
    public static Map<String, String> read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (CharacterCodingException _) {
            throw new ManifestException(Place.NOWHERE, "`" + file + "` is not UTF-8");
        } catch (IOException e) {
            throw new ManifestException(Place.NOWHERE, "cannot read `" + file + "`: " + e.getMessage());
        }
    }

    /** The values of a text; {@code file} is how errors call it. */
    public static Map<String, String> parse(String text, String file) {
        var problems = new Problems();
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            String value = matcher.matches() ? value(matcher.group(2), values) : null;
            if (value == null) {
                problems.add(new Place.TextPosition(file, number, 1, line), "not `NAME=VALUE`");
            } else {
                values.put(matcher.group(1), value);
            }
        }
        problems.throwIfAny();
        return values;
    }

    private static @Nullable String value(String written, Map<String, String> earlier) {
        char quote = written.isEmpty() ? ' ' : written.charAt(0);
        if (quote != '"' && quote != '\'') {
            int comment = written.indexOf(" #");
            String plain = comment < 0 ? written : written.substring(0, comment).strip();
            return plain.startsWith("#") ? "" : fill(plain, earlier);
        }
        int end = quoteEnd(written, quote);
        if (end < 0) {
            return null;
        }
        String behind = written.substring(end + 1).strip();
        if (!behind.isEmpty() && !behind.startsWith("#")) {
            return null;
        }
        String inner = written.substring(1, end);
        return quote == '\'' ? inner : fill(inner, earlier);
    }

    private static int quoteEnd(String text, char quote) {
        int at = 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && quote == '"' ? 2 : 1;
        }
        return at < text.length() ? at : -1;
    }

    private static String fill(String text, Map<String, String> earlier) {
        return REFERENCE.matcher(text).replaceAll(found -> {
            String escaped = found.group(1);
            String value = escaped == null
                    ? earlier.getOrDefault(found.group(2), "")
                    : switch (escaped) {
                        case "n" -> "\n";
                        case "\"", "\\", "$", "'" -> escaped;
                        default -> found.group();
                    };
            return Matcher.quoteReplacement(value);
        });
    }
}
