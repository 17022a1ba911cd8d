package dev.edgehub.lang;

import dev.edgehub.lang.eval.StaticType;
import java.util.IdentityHashMap;
import java.util.Objects;

/** The static type of each expression of one condition. Two equal expressions are still two. */
final class Types {

  private final IdentityHashMap<Expr, StaticType> known = new IdentityHashMap<>();

  void note(Expr expr, StaticType type) {
    known.put(expr, type);
  }

  /** The type of an expression in which the checker found no mistake. */
  StaticType of(Expr expr) {
    return Objects.requireNonNull(known.get(expr), "the checker knows every expression");
  }
}
