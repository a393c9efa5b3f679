package tenon.types;

/** Who must act on an error. */
public enum Actor {
    /** The input is wrong: whoever wrote the file, the manifest or the command. */
    USER,
    /** The component is wrong: whoever wrote the guest. */
    GUEST,
    /** The surroundings are wrong: disk, network, limits of the machine. */
    HOST,
    /** We are wrong. */
    BUG
}
