/**
 * {@code wasi:sockets}: TCP, UDP and name lookup over the JDK's channels. In comes a {@link tenon.wasi.sockets.NetworkPolicy}, which is asked
 * for each address right before it is used. Nothing here blocks: one thread of the host waits for all sockets
 * and tells the store's {@code tenon.wasi.io.Readiness}. Stands on {@code tenon.wasi.io}.
 */
package tenon.wasi.sockets;
