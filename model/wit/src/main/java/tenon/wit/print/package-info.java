/**
 * Writes WIT: a {@link tenon.wit.PackageGraph} as text ({@link tenon.wit.print.WitPrinter}) or as JSON ({@link
 * tenon.wit.print.GraphJson}), and a file in its common form, comments kept ({@link tenon.wit.print.Formatter}).
 */
package tenon.wit.print;
