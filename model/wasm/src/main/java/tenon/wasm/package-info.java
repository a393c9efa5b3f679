/** A core module as immutable records, and the table of instructions. Bytes come in, a {@link tenon.wasm.Module} goes out. */
package tenon.wasm;
