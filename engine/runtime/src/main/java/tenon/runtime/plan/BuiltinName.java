package tenon.runtime.plan;

import tenon.component.Canon;

/** The names of built-ins, as CanonicalABI.md writes them: {@code stream.cancel-read} for {@code StreamCancelRead}. */
final class BuiltinName {
    private BuiltinName() {}

    static String of(Canon canon) {
        String words = canon.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
        for (String noun : new String[] {"error-context", "waitable-set"}) {
            if (words.startsWith(noun + "-")) {
                return noun + "." + words.substring(noun.length() + 1);
            }
        }
        return words.replaceFirst("-", ".");
    }
}
