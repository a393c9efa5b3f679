/** JSON as far as WIT needs it: what documentation in binaries is written in, read strictly and written without blanks. */
package tenon.wit.json;
