package tenon.component;

/** A component inside a component: adds an entry to {@link Sort#COMPONENT}. */
public record NestedComponent(Component component, long offset) implements Definition {}
