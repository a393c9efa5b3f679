/**
 * Which files a component sees: the {@code files} of its manifest, found in the folder. What comes out is a list of host paths
 * and guest paths; a host shows them to the guest, read-only.
 */
package tenon.app.files;
