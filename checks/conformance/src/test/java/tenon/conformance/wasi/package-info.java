/** WASI judged by real components: command lines, HTTP handlers, and programs that check themselves. */
@NullMarked
package tenon.conformance.wasi;

import org.jspecify.annotations.NullMarked;
