/** {@code wasi:clocks}: the monotonic and the wall clock. Stands on {@code tenon.wasi.io}. */
package tenon.wasi.clocks;
