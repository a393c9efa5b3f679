/** Where tests find their material, and how they compare text: files come in, an assertion goes out. Used by tests only. */
package tenon.testing;
