package dev.edgehub.lang.reference;

import java.util.List;

/** A condition as the reference sees it. */
public sealed interface Tree {

  /** One answer per kind of tree. */
  interface Visitor<T> {
    T literal(Literal tree);

    T read(Read tree);

    T body(Body tree);

    T prefix(Prefix tree);

    T binary(Binary tree);

    T call(Call tree);
  }

  <T> T accept(Visitor<T> visitor);

  /** What a literal is written as. */
  enum LiteralKind {
    TRUE,
    FALSE,
    NULL,
    UNDEFINED,
    STRING,
    INTEGER,
    HEX,
    REAL
  }

  /** A constant; {@code text} is the number as written, or the string's content. */
  record Literal(LiteralKind kind, String text) implements Tree {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.literal(this);
    }
  }

  /** Ways to name a property. */
  enum Access {
    /** {@code name} */
    USER,
    /** {@code $name} */
    EITHER,
    /** {@code {$name}} */
    SYSTEM,
    /** {@code $name[0]}, which reads nothing */
    BRACKETED
  }

  /** A property. */
  record Read(Access access, String name) implements Tree {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.read(this);
    }
  }

  /** A body path as written behind {@code $body.}, right or wrong. */
  record Body(boolean braced, String path) implements Tree {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.body(this);
    }
  }

  /** NOT, or the minus. */
  record Prefix(boolean not, Tree operand) implements Tree {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.prefix(this);
    }
  }

  /** Two operands. */
  record Binary(Op op, Tree left, Tree right) implements Tree {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.binary(this);
    }
  }

  /** A function; the name is in lower case and may be unknown. */
  record Call(String function, List<Tree> arguments) implements Tree {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.call(this);
    }
  }
}
