package tenon.core;

import tenon.core.link.GuestLoader;

/**
 * A group of modules that are linked to one another and live as long as each other: their compiled classes share a loader,
 * and are unloaded when nothing refers to any of them. Thread-safe.
 */
public final class Linkage {
    private final GuestLoader loader = new GuestLoader();
    private final Frames frames = new Frames(loader.getName());

    public Linkage() {
        Linkage.class.getModule().addExports("tenon.core.guest", loader.getUnnamedModule());
    }

    GuestLoader loader() {
        return loader;
    }

    Frames frames() {
        return frames;
    }
}
