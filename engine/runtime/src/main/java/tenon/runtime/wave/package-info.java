/**
 * WAVE, the text form of component values: {@code process({id: "1", amount: 20000})}. In comes text and a type, out goes a {@link
 * tenon.runtime.value.Value}, and back. The grammar is that of the README of the crate {@code wasm-wave}.
 */
package tenon.runtime.wave;
