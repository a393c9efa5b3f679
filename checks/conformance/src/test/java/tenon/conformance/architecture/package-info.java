/**
 * Holds the walls of the house: reads the compiled classes and the sources of every module and compares them with ARCHITECTURE.md and
 * CONVENTIONS.md. In comes a checkout that was compiled, out go sentences that each name one breach.
 */
package tenon.conformance.architecture;
