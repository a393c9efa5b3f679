/**
 * The types of what is composed, with an identity: a named type is a thing of its own even if another one looks alike, and an interface
 * knows which of its types come from other interfaces. Read from the binary form of components and WIT packages; compared with each other.
 */
package tenon.compose.type;
