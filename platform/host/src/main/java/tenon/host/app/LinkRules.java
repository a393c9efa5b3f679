package tenon.host.app;

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
 * Has a component's rules count more than what it is granted: {@code deny}, {@code deny_calls} and {@code mock} of {@code
 * [component.ID.tool.tenon]}. They hold where it answers requests, and where it is another one's dependency or middleware. Confined to the
 * start of one application.
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
     * Adds them to a linker that offers all that the component gets.
     *
     * @throws tenon.app.ManifestException if a rule names nothing that there is
     */
    static void restrict(Linker linker, ComponentSpec spec, Component component) {
        TenonSettings settings = TenonSettings.of(spec);
        var rules = new LinkRules(linker, component);
        rules.add(settings.mock(), Answer.MOCK);
        rules.add(settings.denyCalls(), Answer.TRAP);
        rules.add(settings.deny(), Answer.REFUSE);
        rules.problems.throwIfAny();
        linker.restrict(rules.policy);
    }

    /** Of two rules for one import the later counts: that which leaves less. */
    private void add(List<Placed<String>> patterns, Answer answer) {
        for (Placed<String> pattern : patterns) {
            if (pattern.value().isBlank()) {
                problems.add(pattern.place(), "a rule names no import, expected one like `wasi:sockets` or `*`");
                continue;
            }
            linker.slip(new LinkPolicy.Rule(pattern.value(), answer), component)
                    .ifPresent(slip -> problems.add(pattern.place(), slip));
            policy = policy.with(pattern.value(), answer);
        }
    }
}
