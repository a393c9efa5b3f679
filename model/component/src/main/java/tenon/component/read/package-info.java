/**
 * Bytes to records: Binary.md of the Component Model. {@link tenon.component.read.ComponentDecoder} is the way in.
 */
package tenon.component.read;
