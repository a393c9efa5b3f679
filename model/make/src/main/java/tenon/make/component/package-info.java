/**
 * Core modules to a component: what each needs is known from {@code names}, so that here it is only laid out. {@link
 * tenon.make.component.ComponentMaker} is the way in; {@code Plan} says what is to be made, {@code Assembly} makes it, from the world's
 * imports to its exports. Next is {@code link}, which makes such modules from libraries.
 */
package tenon.make.component;
