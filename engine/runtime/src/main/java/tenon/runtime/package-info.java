/**
 * From a decoded component to calls: a {@code Linker} binds imports to host interfaces and to other components, and links on a
 * {@code Runtime}; the {@code LinkedComponent} that it gives is instantiated in a {@code Store}, and its {@code Instance} offers {@code Func}s. Values at the
 * border have the shapes that {@code tenon.runtime.value} documents; the work is done next door, in {@code plan} and {@code abi}.
 */
package tenon.runtime;
