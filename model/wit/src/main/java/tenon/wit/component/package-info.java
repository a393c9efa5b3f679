/**
 * What the Component Model makes of WIT: interfaces and worlds of a {@link tenon.wit.PackageGraph} as types of {@code
 * tenon.types.component}, and whether what has one world fits where another one is asked for.
 */
package tenon.wit.component;
