/** {@code wasi:random}: bytes for keys, bytes for hash tables, a seed. */
package tenon.wasi.random;
