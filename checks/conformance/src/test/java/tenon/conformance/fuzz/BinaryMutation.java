package tenon.conformance.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tenon.types.MalformedException;
import tenon.wasm.BinaryReader;
import tenon.wasm.BinaryWriter;

/**
 * Mistakes in modules and components. Most of them are made inside a section, at any depth, and all sizes around it are set right, so that
 * the mistake is met and not the size.
 */
final class BinaryMutation implements Fuzzing.Mutation {
    private static final int PREAMBLE = 8;
    private static final int MODULE = 1;
    private static final int COMPONENT = 4;

    /** Numbers at the borders of their types, as LEB128. */
    private static final byte[][] NUMBERS = {
        {0},
        {1},
        {0x7f},
        {(byte) 0x80, 1},
        {(byte) 0xff, (byte) 0xff, 3},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0xf},
        {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8}
    };

    private record Section(int id, byte[] content) {}

    @Override
    public byte[] of(byte[] seed, Random random) {
        byte[] bytes = seed;
        for (int i = random.nextInt(3) / 2; i >= 0; i--) {
            bytes = random.nextInt(4) > 0 ? inSections(bytes, random) : anywhere(bytes, random);
        }
        return bytes;
    }

    private static byte[] inSections(byte[] bytes, Random random) {
        List<Section> sections = new ArrayList<>();
        try {
            var in = new BinaryReader(bytes, Math.min(PREAMBLE, bytes.length), bytes.length);
            while (!in.atEnd()) {
                int id = in.u8();
                int size = in.length();
                sections.add(new Section(id, Arrays.copyOfRange(bytes, in.position(), in.position() + size)));
                in.skip(size);
            }
        } catch (MalformedException _) {
            return anywhere(bytes, random);
        }
        if (sections.isEmpty()) {
            return anywhere(bytes, random);
        }
        boolean component = bytes[6] == 1;
        int at = random.nextInt(sections.size());
        Section section = sections.get(at);
        switch (random.nextInt(12)) {
            case 0 -> sections.remove(at);
            case 1 -> sections.add(random.nextInt(sections.size()), section);
            case 2 -> sections.set(at, new Section(random.nextInt(14), section.content));
            default -> {
                boolean nested = component && (section.id == MODULE || section.id == COMPONENT);
                sections.set(
                        at,
                        new Section(
                                section.id,
                                nested ? inSections(section.content, random) : anywhere(section.content, random)));
            }
        }
        var out = new BinaryWriter().write(Arrays.copyOf(bytes, PREAMBLE));
        sections.forEach(each -> out.writeByte(each.id).writeVector(each.content));
        return out.toByteArray();
    }

    private static byte[] anywhere(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return NUMBERS[random.nextInt(NUMBERS.length)];
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, NUMBERS[random.nextInt(NUMBERS.length)], at);
            case 2 -> spliced(bytes, at, NUMBERS[random.nextInt(NUMBERS.length)], Math.min(bytes.length, at + 1));
            case 3 -> spliced(bytes, at, new byte[0], end);
            case 4 -> spliced(bytes, at, Arrays.copyOfRange(bytes, at, end), at);
            case 5 -> changed(bytes, at, (byte) random.nextInt());
            default -> changed(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
        };
    }

    private static byte[] changed(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    /** {@code middle} in the place of what stands from {@code at} to {@code end}. */
    private static byte[] spliced(byte[] bytes, int at, byte[] middle, int end) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(middle);
        out.write(bytes, end, bytes.length - end);
        return out.toByteArray();
    }
}
