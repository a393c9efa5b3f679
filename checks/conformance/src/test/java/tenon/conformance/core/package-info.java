/** The core specification's scripts, and modules with mistakes. */
package tenon.conformance.core;
