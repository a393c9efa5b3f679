/**
 * What a WAC document means: its names become nodes of a composition graph, its types are checked, and the packages that it speaks of are
 * found. Who has a document starts here.
 */
package tenon.compose.resolve;
