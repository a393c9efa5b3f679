package tenon.make.world;

import java.util.List;
import java.util.Optional;
import tenon.wit.Function;
import tenon.wit.Owner;
import tenon.wit.Type;
import tenon.wit.TypeComparison;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;

/** Whether functions of one joined world have the same type: types with names by identity, others by what they are made of. */
record SameTypes(JoinedWorld world) {

    boolean same(Function a, Function b) {
        boolean shape = a.kind().form() == b.kind().form()
                && a.kind().async() == b.kind().async()
                && a.params().size() == b.params().size();
        if (!shape || !same(a.result(), b.result())) {
            return false;
        }
        for (int i = 0; i < a.params().size(); i++) {
            Function.Parameter one = a.params().get(i);
            Function.Parameter other = b.params().get(i);
            if (!one.name().equals(other.name()) || !same(one.type(), other.type())) {
                return false;
            }
        }
        return true;
    }

    private boolean same(Optional<Type> a, Optional<Type> b) {
        return a.isPresent() == b.isPresent() && (a.isEmpty() || same(a.get(), b.orElseThrow()));
    }

    private boolean same(Type a, Type b) {
        if (a.equals(b)) {
            return true;
        }
        if (!(a instanceof TypeId one) || !(b instanceof TypeId other)) {
            return false;
        }
        TypeDefinition first = world.get(one);
        TypeDefinition second = world.get(other);
        if (!(first.owner() instanceof Owner.None) || !(second.owner() instanceof Owner.None)) {
            return false;
        }
        List<Type> parts = first.kind().parts();
        List<Type> others = second.kind().parts();
        if (!TypeComparison.sameShape(first.kind(), second.kind()) || parts.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!same(parts.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
