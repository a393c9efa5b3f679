package tenon.conformance.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/**
 * Mistakes in texts.
 *
 * @param pieces what mistakes are made of
 */
record TextMutation(List<String> pieces) implements Fuzzing.Mutation {
    TextMutation {
        pieces = List.copyOf(pieces);
    }

    @Override
    public byte[] of(byte[] seed, Random random) {
        var mutant = new StringBuilder(new String(seed, UTF_8));
        for (int i = random.nextInt(3) / 2; i >= 0 && !mutant.isEmpty(); i--) {
            int at = random.nextInt(mutant.length());
            int end = Math.min(mutant.length(), at + 1 + random.nextInt(20));
            switch (random.nextInt(8)) {
                case 0 -> mutant.delete(at, end);
                case 1 -> mutant.insert(at, piece(random));
                case 2 -> mutant.insert(random.nextInt(mutant.length()), mutant.substring(at, end));
                case 3 -> mutant.setCharAt(at, (char) random.nextInt(0x80));
                case 4 -> mutant.insert(at, " " + piece(random) + " ");
                case 5 -> mutant.insert(at, piece(random).repeat(1 + random.nextInt(1_000)));
                case 6 -> mutant.replace(at, end, piece(random));
                default -> mutant.setLength(random.nextInt(10) == 0 ? at : mutant.length());
            }
        }
        byte[] bytes = mutant.toString().getBytes(UTF_8);
        if (bytes.length > 0 && random.nextInt(50) == 0) {
            // what is no UTF-8
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private String piece(Random random) {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
