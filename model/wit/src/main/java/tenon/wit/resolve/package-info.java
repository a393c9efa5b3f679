/**
 * Finds what names mean. Files come in through {@link tenon.wit.resolve.WitReader}; each package becomes a draft, in which its own names are
 * found and those of other packages are noted; packages are then added to a graph in the order in which they use each other, gates are
 * applied, and worlds are filled up with what they include and stand on. A {@link tenon.wit.PackageGraph} goes out.
 */
package tenon.wit.resolve;
