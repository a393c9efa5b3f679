/**
 * The canonical definitions, one class each: what is called when a call crosses a component's border. Comes in: core values and a
 * context object made per instantiation. Goes out: core values. Lifting and lowering is done next door, in {@code abi}.
 */
package tenon.runtime.canon;
