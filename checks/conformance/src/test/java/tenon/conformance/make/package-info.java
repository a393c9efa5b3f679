/** Components that are made of core modules, against what other tools make of them. */
package tenon.conformance.make;
