package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A condition as a tree. Language level 17 has no switch over it, hence the visitor. */
sealed interface Expr {

  /** What an issue about the expression points at. */
  Span span();

  <R> R accept(Visitor<R> visitor);

  /** The expressions it is made of. */
  default List<Expr> parts() {
    return List.of();
  }

  /** One method per kind of expression. */
  interface Visitor<R> {
    R bool(Bool expr);

    R number(Num expr);

    R text(Text expr);

    R nullWord(NullWord expr);

    R undefinedWord(UndefinedWord expr);

    R property(Property expr);

    R systemProperty(SystemProperty expr);

    R body(Body expr);

    R unreadable(Unreadable expr);

    R call(Call expr);

    R prefix(Prefix expr);

    R chain(Chain expr);
  }

  record Bool(Span span, boolean value) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.bool(this);
    }
  }

  record Num(Span span, double value) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.number(this);
    }
  }

  record Text(Span span, String value) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.text(this);
    }
  }

  record NullWord(Span span) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nullWord(this);
    }
  }

  /**
   * {@code undefined}, or a number that can only be that.
   *
   * @param text as written
   */
  record UndefinedWord(Span span, String text) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.undefinedWord(this);
    }
  }

  /** {@code name}. */
  record Property(Span span, String name) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.property(this);
    }
  }

  /** {@code $name} or {@code {$name}}; the name is without the dollar. */
  record SystemProperty(Span span, String name, boolean braced) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.systemProperty(this);
    }
  }

  /**
   * {@code $body.path}.
   *
   * @param shadow the user property that hides the body value where it exists
   */
  record Body(Span span, BodyPath path, @Nullable String shadow) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.body(this);
    }
  }

  /**
   * What is written like a body value but is undefined in every message.
   *
   * @param wrong whether it is not legal at all and was complained about
   */
  record Unreadable(Span span, boolean wrong) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unreadable(this);
    }
  }

  /**
   * A function call.
   *
   * @param span the function's name
   */
  record Call(Span span, String name, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.call(this);
    }

    @Override
    public List<Expr> parts() {
      return arguments;
    }
  }

  /**
   * {@code NOT a} or {@code - a}.
   *
   * @param span the operator
   */
  record Prefix(Span span, boolean not, Expr operand) implements Expr {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.prefix(this);
    }

    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /** Operators of one level, applied from left to right: flat, so that none can be too long. */
  record Chain(Expr first, List<Link> links) implements Expr {
    public Chain {
      links = List.copyOf(links);
    }

    @Override
    public Span span() {
      return links.get(links.size() - 1).span();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.chain(this);
    }

    @Override
    public List<Expr> parts() {
      return Stream.concat(Stream.of(first), links.stream().map(Link::operand)).toList();
    }
  }

  /**
   * One more operand of a chain.
   *
   * @param span the operator
   */
  record Link(Operator operator, Span span, Expr operand) {}
}
