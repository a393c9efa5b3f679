/**
 * A component flattened once: nested components, aliases, instances made of exports and type substitution are all gone through
 * when a component is linked, and what remains is a list of core instances to make, in order, whose imports are named by number.
 * Comes in: a {@code tenon.component.Component}. Goes out: a {@link tenon.runtime.plan.Plan}, which the root turns into code once
 * and into instances as often as it is asked to.
 */
package tenon.runtime.plan;
