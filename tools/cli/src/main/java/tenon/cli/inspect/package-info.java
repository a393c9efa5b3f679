/**
 * What is inside a binary: a decoded component comes in; its {@link tenon.cli.inspect.Part}s go out as a tree, and its {@link
 * tenon.cli.inspect.Wiring} as a diagram. {@code tenon.cli} is next.
 */
@org.jspecify.annotations.NullMarked
package tenon.cli.inspect;
