/** Where something is written in a WAC document, and the error that shows it; the ground of this module. */
package tenon.compose.source;
