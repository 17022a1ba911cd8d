package dev.edgehub.lang.reference;

import java.util.Map;
import java.util.TreeMap;

/** Counts in how many conditions each piece of the language occurs, and each answer. */
public final class Tally implements Tree.Visitor<Void> {

  private final Map<String, Integer> counts = new TreeMap<>();

  /** Notes all pieces of a condition. */
  public void note(Tree tree) {
    tree.accept(this);
  }

  /** Notes one more of something. */
  public void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  public int of(String what) {
    return counts.getOrDefault(what, 0);
  }

  @Override
  public String toString() {
    return counts.toString();
  }

  @Override
  public Void literal(Tree.Literal tree) {
    count("literal " + tree.kind());
    return null;
  }

  @Override
  public Void read(Tree.Read tree) {
    count("property " + tree.access());
    return null;
  }

  @Override
  public Void body(Tree.Body tree) {
    count(tree.braced() ? "body in braces" : "body");
    return null;
  }

  @Override
  public Void prefix(Tree.Prefix tree) {
    count(tree.not() ? "NOT" : "minus");
    note(tree.operand());
    return null;
  }

  @Override
  public Void binary(Tree.Binary tree) {
    count("operator " + tree.op());
    note(tree.left());
    note(tree.right());
    return null;
  }

  @Override
  public Void call(Tree.Call tree) {
    count("function " + tree.function());
    tree.arguments().forEach(this::note);
    return null;
  }
}
