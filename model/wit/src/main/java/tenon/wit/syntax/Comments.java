package tenon.wit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comments in front of an item, as written; {@code spot} is where the first one, or else the item, starts. */
public record Comments(List<String> comments, Spot spot) {
    public Comments {
        comments = List.copyOf(comments);
    }

    /** What they say, without their marks and the indentation that they share; lines end in {@code \n}, but for the last. */
    public Optional<String> text() {
        if (comments.isEmpty()) {
            return Optional.empty();
        }
        var contents = new ArrayList<String>();
        for (String comment : comments) {
            contents.add(unmarked(comment).stripTrailing());
        }
        int indentation = contents.stream()
                .filter(content -> !content.isEmpty())
                .mapToInt(Comments::indentation)
                .min()
                .orElse(0);
        var text = new StringBuilder();
        String shared = " ".repeat(indentation);
        for (String content : contents) {
            String kept = content.startsWith(shared) ? content.substring(indentation) : content;
            if (kept.isEmpty()) {
                text.append('\n');
            }
            kept.lines().forEach(line -> text.append(line).append('\n'));
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return Optional.of(text.substring(0, end));
    }

    private static String unmarked(String comment) {
        if (comment.startsWith("/**") && comment.length() >= 5) {
            return comment.substring(3, comment.length() - 2);
        }
        int start = 0;
        while (start < comment.length() && comment.charAt(start) == '/') {
            start++;
        }
        return comment.substring(start);
    }

    private static int indentation(String content) {
        int count = 0;
        while (count < content.length() && " \t\r\n\f".indexOf(content.charAt(count)) >= 0) {
            count++;
        }
        return count;
    }
}
