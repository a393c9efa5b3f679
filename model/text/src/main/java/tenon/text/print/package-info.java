/**
 * Binary to text, folded off: a decoded module comes in, a text goes out that gives the same sections when it is read again.
 * Names come from the name section.
 */
package tenon.text.print;
