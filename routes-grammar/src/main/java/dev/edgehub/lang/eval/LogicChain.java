package dev.edgehub.lang.eval;

import java.util.List;

/**
 * {@code a AND b AND c}, or the same with OR. A link with a body value is <em>strict</em>: unless
 * both its sides hold a bool it is undefined, even where one side would decide.
 */
final class LogicChain implements BoolNode {

  private final boolean conjunction;
  private final BoolNode first;
  private final LogicLink[] links;
  private final int lastStrict;

  LogicChain(boolean conjunction, BoolNode first, List<LogicLink> links) {
    this.conjunction = conjunction;
    this.first = first;
    this.links = links.toArray(new LogicLink[0]);
    int last = -1;
    for (int i = 0; i < this.links.length; i++) {
      last = this.links[i].strict() ? i : last;
    }
    this.lastStrict = last;
  }

  @Override
  public Truth evaluate(MessageView message) {
    Truth decided = conjunction ? Truth.FALSE : Truth.TRUE;
    Truth result = first.evaluate(message);
    for (int i = 0; i < links.length; i++) {
      if (result == decided && i > lastStrict) {
        return result;
      }
      result = join(result, links[i], message);
    }
    return result;
  }

  private Truth join(Truth left, LogicLink link, MessageView message) {
    Truth right = link.operand().evaluate(message);
    if (link.strict() && (left == Truth.UNDEFINED || right == Truth.UNDEFINED)) {
      return Truth.UNDEFINED;
    }
    return conjunction ? left.and(right) : left.or(right);
  }
}
