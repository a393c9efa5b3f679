/**
 * The types that a module brings along in custom sections called {@code component-type…}: each is a component that exports one world's
 * type. They are written, read, and taken out here. Next is {@code names}, what a module's own imports and exports mean.
 */
package tenon.make.embed;
