package tenon.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tenon.types.NearestName;
import tenon.types.component.NameMap;

/**
 * Which imports of a component are refused or made up, whatever a linker offers: {@link Linker#restrict}. Immutable; of two rules
 * for one import the later counts.
 *
 * <p>A rule names imports by a pattern: a package ({@code wasi:sockets}, or {@code wasi:sockets/*}), an interface
 * ({@code wasi:sockets/tcp}), either of them on one semver track ({@code wasi:sockets@0.2.0}, {@code wasi:sockets/tcp@0.2.0}), a plain
 * name, or {@code *} for all. Without a version it is about all versions.
 */
public record LinkPolicy(List<Rule> rules) {
    /** Nothing is refused, and nothing made up. */
    public static final LinkPolicy NONE = new LinkPolicy(List.of());

    private static final Pattern PLAIN = Pattern.compile("[^\\s*/@]+");
    private static final Pattern INTERFACES =
            Pattern.compile("[^\\s*/@:]+(:[^\\s*/@:]+)+(/([^\\s*/@:]+|\\*))?(@[0-9][^\\s*/@:]*)?");

    /** What becomes of an import. */
    public enum Answer {
        /** What is offered meets it, as without a rule. */
        ALLOW,
        /** A component that imports it is not linked. */
        REFUSE,
        /** Components are linked; a call of one of its functions is a trap that says so. */
        TRAP,
        /**
         * Its functions answer by their types alone: zero, false, nothing, the empty string or list, the first case, ok; resources
         * without content.
         */
        MOCK
    }

    /** What becomes of the imports that a pattern names. */
    public record Rule(String pattern, Answer answer) {
        private static final int LONGEST = 100;

        public Rule {
            if (!isPattern(pattern)) {
                throw new IllegalArgumentException(
                        "`" + pattern
                                + "` is no pattern for imports, expected one like `wasi:sockets`, `wasi:sockets/tcp@0.2.0` or `*`");
            }
        }

        /** Whether a text is a pattern: a rule with another one would be followed for no import, without a word. */
        public static boolean isPattern(String text) {
            return text.equals("*")
                    || (text.indexOf(':') < 0 ? PLAIN : INTERFACES)
                            .matcher(text)
                            .matches();
        }

        boolean matches(String name) {
            if (pattern.equals("*") || pattern.equals(name)) {
                return true;
            }
            int at = name.indexOf('@');
            String unversioned = at < 0 ? name : name.substring(0, at);
            int version = pattern.indexOf('@');
            String named = version < 0 ? pattern : pattern.substring(0, version);
            if (named.endsWith("/*")) {
                named = named.substring(0, named.length() - "/*".length());
            }
            boolean inPackage = named.indexOf(':') > 0 && unversioned.startsWith(named + "/");
            return (unversioned.equals(named) || inPackage)
                    && (version < 0 || isOnTrack(unversioned + pattern.substring(version), name));
        }

        private static boolean isOnTrack(String one, String name) {
            var names = new NameMap<String>();
            names.put(one, one);
            return names.find(name).isPresent();
        }

        /** What to say if it matches none of {@code names}, with a pattern near to it that would. */
        Optional<String> slip(Collection<String> names) {
            if (pattern.equals("*") || names.stream().anyMatch(this::matches)) {
                return Optional.empty();
            }
            var patterns = new TreeSet<String>();
            for (String name : names) {
                int at = name.indexOf('@');
                String unversioned = at < 0 ? name : name.substring(0, at);
                int slash = unversioned.indexOf('/');
                patterns.add(unversioned);
                patterns.add(name);
                String named = slash < 0 ? unversioned : unversioned.substring(0, slash);
                patterns.add(named);
                patterns.add(named + name.substring(unversioned.length()));
            }
            String fact = "`" + shortened() + "` names nothing that is imported or offered";
            return Optional.of(NearestName.among(patterns, shortened(), Math.clamp(pattern.length() / 4, 1, 3))
                    .map(near -> fact + ", did you mean `" + near + "`?")
                    .orElse(fact));
        }

        private String shortened() {
            return pattern.length() > LONGEST ? pattern.substring(0, LONGEST) + "…" : pattern;
        }
    }

    public LinkPolicy {
        rules = List.copyOf(rules);
    }

    /** The same with all rules of another policy, which count as later. */
    public LinkPolicy with(LinkPolicy others) {
        var more = new ArrayList<>(rules);
        more.addAll(others.rules());
        return new LinkPolicy(more);
    }

    /** The same with a rule more. */
    public LinkPolicy with(String pattern, Answer answer) {
        var more = new ArrayList<>(rules);
        more.add(new Rule(pattern, answer));
        return new LinkPolicy(more);
    }

    /** The same, refusing to link what imports something of the pattern. */
    public LinkPolicy deny(String pattern) {
        return with(pattern, Answer.REFUSE);
    }

    /** The same with calls of functions of the pattern being traps. */
    public LinkPolicy denyCalls(String pattern) {
        return with(pattern, Answer.TRAP);
    }

    /** The same with functions of the pattern being made up. */
    public LinkPolicy mock(String pattern) {
        return with(pattern, Answer.MOCK);
    }

    /** The same with what is offered for the pattern, whatever rules were there before. */
    public LinkPolicy allow(String pattern) {
        return with(pattern, Answer.ALLOW);
    }

    /** The rule for an import, unless what is offered counts. */
    Optional<Rule> rule(String name) {
        return rules.reversed().stream()
                .filter(rule -> rule.matches(name))
                .findFirst()
                .filter(rule -> rule.answer() != Answer.ALLOW);
    }
}
