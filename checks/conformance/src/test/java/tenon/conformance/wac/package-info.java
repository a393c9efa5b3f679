/** The suite of the WAC language and of composition graphs. */
package tenon.conformance.wac;
