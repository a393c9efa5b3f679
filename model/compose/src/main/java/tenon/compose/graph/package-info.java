/**
 * A composition as a graph: imports, instantiations, exports taken from instances, and types; which is passed to which, and what is exported.
 * Whoever builds one in Java starts here; the encoder makes a component of it.
 */
package tenon.compose.graph;
