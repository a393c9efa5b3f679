/** A program of twenty lines: a component is loaded, instantiated, and called with records. */
package tenon.example.embed;
