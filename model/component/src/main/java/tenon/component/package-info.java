/**
 * A component as records, indices as written: {@code read} makes them of bytes, {@code write} makes bytes of them, {@code resolve} turns
 * indices into types for every place where a component is instantiated, and so validates, and {@code world} is what the outermost component
 * asks for and offers. Core modules inside are those of {@code tenon.wasm}; the next neighbour is the planner of {@code tenon.runtime}.
 */
package tenon.component;
