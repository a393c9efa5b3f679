/**
 * The command {@code tenon}: one class per command. In come arguments, out go the command's output and an exit code; a command
 * does its work by calling the modules below and holds no rule of its own.
 */
package tenon.cli;
