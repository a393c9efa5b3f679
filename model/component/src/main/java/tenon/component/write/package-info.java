/**
 * Components to bytes, the way back of {@link tenon.component.read.ComponentDecoder}: definitions come in as records, one after the other, and
 * each is told the index that it got.
 */
package tenon.component.write;
