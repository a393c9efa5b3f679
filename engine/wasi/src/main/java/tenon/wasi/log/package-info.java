/** How much of what guests are refused is said: a guest decides how often it asks, and must not fill the host's log with it. */
package tenon.wasi.log;
