/**
 * Where a component may connect to: {@link tenon.app.outbound.AllowedHosts} judges the name that a guest gives, {@link
 * tenon.app.outbound.BlockedNetworks} the address behind it. Neither connects, nor resolves names.
 */
package tenon.app.outbound;
