package tenon.app.manifest;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import tenon.types.NearestName;

/** What a person who wrote an unknown name may have meant. */
final class Suggestion {
    /** Names beyond this are not compared: none of ours is that long. */
    private static final int LONGEST = 64;

    private Suggestion() {}

    /** The end of a sentence: the name that is next to {@code written}, else all; empty if there are none. */
    static String among(Collection<String> names, String written, String lead) {
        List<String> compared = written.length() > LONGEST
                ? List.of()
                : names.stream().filter(name -> name.length() <= LONGEST).toList();
        return NearestName.among(compared, written, Math.max(1, written.length() / 3))
                .map(name -> ", did you mean `" + name + "`?")
                .orElse(
                        names.isEmpty()
                                ? ""
                                : ", " + lead
                                        + names.stream()
                                                .map(name -> "`" + name + "`")
                                                .collect(Collectors.joining(", ")));
    }
}
