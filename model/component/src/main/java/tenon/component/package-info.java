/**
 * A component as records: bytes come in through {@link tenon.component.ComponentDecoder}, and go out as a {@link
 * tenon.component.Component}, one definition after the other, indices as written. {@link tenon.component.Resolution} turns indices
 * into types, for every place where a component is instantiated; {@link tenon.component.World} is what the outermost component asks
 * for and offers. Core modules inside are those of {@code tenon.wasm}; the next neighbour is the planner of {@code tenon.runtime}.
 */
package tenon.component;
