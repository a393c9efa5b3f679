/**
 * What compiled code calls: static methods named as the instructions they stand for, and the bootstraps of its call sites.
 * Open to compiled code alone. Nothing else of the engine uses it.
 */
package tenon.core.guest;
