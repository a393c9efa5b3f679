/**
 * Binaries as WIT: a component comes in as {@link tenon.component.Component}, and its world goes out as a {@link
 * tenon.wit.PackageGraph} with all interfaces that it names; packages are written as components ({@link tenon.wit.binary.PackageEncoder}) and read back ({@link
 * tenon.wit.binary.PackageBinary}).
 */
package tenon.wit.binary;
