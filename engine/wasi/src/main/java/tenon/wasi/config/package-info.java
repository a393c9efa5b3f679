/**
 * Configuration: {@code wasi:config/store} in the versions that are in use, and {@code fermyon:spin/variables}.
 *
 * <p>{@link tenon.wasi.config.Variables} is what a backend is. In: the guest's questions; out: values that were granted.
 */
package tenon.wasi.config;
