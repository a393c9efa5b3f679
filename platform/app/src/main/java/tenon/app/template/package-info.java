/**
 * Variables of an application, and texts with {@code {{ name }}} in them: parsed here when the manifest is read, resolved when a
 * guest asks.
 */
package tenon.app.template;
