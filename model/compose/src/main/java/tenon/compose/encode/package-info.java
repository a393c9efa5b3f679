/** A composition graph to the binary of a component: types are written out again, imports merged, instances made in order. */
package tenon.compose.encode;
