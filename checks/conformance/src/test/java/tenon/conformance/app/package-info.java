/** Spin's cases: which manifests are accepted, and what its rules for routes, hosts and variables decide. */
package tenon.conformance.app;
