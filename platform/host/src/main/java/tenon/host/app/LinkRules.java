package tenon.host.app;

import java.util.Comparator;
import java.util.List;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.TenonSettings;
import tenon.component.Component;
import tenon.runtime.LinkPolicy;
import tenon.runtime.LinkPolicy.Answer;
import tenon.runtime.Linker;

/**
 * A component's rules about its imports, which count more than what it is granted: {@code deny}, {@code deny_calls} and {@code mock} of
 * {@code [component.ID.tool.tenon]}. They hold where it answers requests, and where it is another one's dependency or middleware; and they
 * hold for its dependencies, since it would only have to ask one. Confined to the start of one application.
 */
final class LinkRules {
    private final Linker linker;
    private final Component component;
    private final Problems problems = new Problems();
    private LinkPolicy policy = LinkPolicy.NONE;

    private LinkRules(Linker linker, Component component) {
        this.linker = linker;
        this.component = component;
    }

    /**
     * What the manifest says about a component.
     *
     * @param linker offers all that the component gets
     * @throws tenon.app.ManifestException if a rule names nothing that there is
     */
    static LinkPolicy of(ComponentSpec spec, Linker linker, Component component) {
        TenonSettings settings = TenonSettings.of(spec);
        var rules = new LinkRules(linker, component);
        rules.add(settings.mock(), Answer.MOCK);
        rules.add(settings.denyCalls(), Answer.TRAP);
        rules.add(settings.deny(), Answer.REFUSE);
        rules.problems.throwIfAny();
        return rules.policy;
    }

    private void add(List<Placed<String>> patterns, Answer answer) {
        for (Placed<String> pattern : patterns) {
            if (!LinkPolicy.Rule.isPattern(pattern.value())) {
                problems.add(
                        pattern.place(),
                        "`" + pattern.value() + "` names no import, expected one like `wasi:sockets` or `*`");
                continue;
            }
            linker.slip(new LinkPolicy.Rule(pattern.value(), answer), component)
                    .ifPresent(slip -> problems.add(pattern.place(), slip));
            policy = policy.with(pattern.value(), answer);
        }
    }

    /** The rules of both; of two for one import that counts which leaves less. */
    static LinkPolicy both(LinkPolicy one, LinkPolicy other) {
        return new LinkPolicy(one.with(other).rules().stream()
                .sorted(Comparator.comparing(rule -> switch (rule.answer()) {
                    case ALLOW -> 0;
                    case MOCK -> 1;
                    case TRAP -> 2;
                    case REFUSE -> 3;
                }))
                .toList());
    }
}
