/**
 * What WIT describes, once all names are found: a {@link tenon.wit.PackageGraph} of packages, interfaces, worlds and types that point at
 * each other by index. Comes in from {@code tenon.wit.resolve}; goes out through {@code tenon.wit.print}. Everything is immutable.
 */
package tenon.wit;
