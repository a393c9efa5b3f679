/**
 * From a decoded component to calls: {@code Runtime} makes a {@code Linker}, which binds imports to host interfaces and gives a
 * {@code LinkedComponent}; that is instantiated in a {@code Store}, and its {@code Instance} offers {@code Func}s. Values at the
 * border have the shapes that {@code tenon.runtime.value} documents; the work is done next door, in {@code plan} and {@code abi}.
 */
package tenon.runtime;
