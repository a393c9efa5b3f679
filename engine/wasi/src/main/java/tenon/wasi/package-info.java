/**
 * WASI as a whole: {@link tenon.wasi.WasiConfig} says what guests get, and {@link tenon.wasi.Wasi} offers it to a
 * {@code tenon.runtime.Linker}. The packages next door have the interfaces.
 */
package tenon.wasi;
