/** Handles: the table that each component instance has, and what lies in it. Comes in: indices from guests, every one checked. */
package tenon.runtime.table;
