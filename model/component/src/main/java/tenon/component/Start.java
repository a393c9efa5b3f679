package tenon.component;

import java.util.List;

/** A call made when the component is instantiated: adds {@code results} entries to {@link Sort#VALUE}. */
public record Start(int function, List<Integer> arguments, int results, long offset) implements Definition {
    public Start {
        arguments = List.copyOf(arguments);
    }
}
