/**
 * Binaries as WIT: a component comes in as {@link tenon.component.Component}, and its world goes out as a {@link
 * tenon.wit.PackageGraph} with all interfaces that it names.
 */
package tenon.wit.binary;
