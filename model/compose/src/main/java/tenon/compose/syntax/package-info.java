/** WAC as a language: text to a tree of records, each with its place, and that tree as JSON. Names mean nothing yet here. */
package tenon.compose.syntax;
