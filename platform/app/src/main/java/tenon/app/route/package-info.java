/**
 * Which trigger answers a request: {@link tenon.app.route.Route} is one pattern, {@link tenon.app.route.Router} chooses among
 * several.
 */
package tenon.app.route;
