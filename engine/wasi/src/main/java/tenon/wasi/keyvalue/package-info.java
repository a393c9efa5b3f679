/**
 * Stores of keys and values: {@code wasi:keyvalue} in both drafts that are in use, and {@code fermyon:spin/key-value}.
 *
 * <p>{@link tenon.wasi.keyvalue.KeyValueStore} is what a backend is; {@link tenon.wasi.keyvalue.KeyValueStores} says which of them a
 * component may open. In: the guest's calls; out: calls of a backend, within {@link tenon.wasi.keyvalue.KeyValueLimits}.
 */
package tenon.wasi.keyvalue;
