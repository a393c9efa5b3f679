/** {@code wasi:cli}: arguments, variables, the three standard streams, exit, terminals. Stands on {@code tenon.wasi.io}. */
package tenon.wasi.cli;
