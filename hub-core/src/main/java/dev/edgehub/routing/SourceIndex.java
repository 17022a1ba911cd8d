package dev.edgehub.routing;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.routing.body.BodyPaths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The routes by the prefix that their source pattern asks for. A path is walked once; at each
 * {@code /} a hash table tells whether the part before it is the prefix of some route. What this
 * costs in time and memory depends on the routes alone; of what senders name a few paths are kept.
 *
 * <p>Case is ignored as {@link String#regionMatches(boolean, int, String, int, int)} ignores it.
 * Immutable but for candidates made when first asked for; any number of threads may ask.
 */
final class SourceIndex {

  /** Plans kept in candidates over all prefixes; beyond that they are put together each time. */
  private static final int MAX_KEPT = 1 << 20;

  /** What one step of a body path counts beside a plan. */
  private static final int STEP_WEIGHT = 16;

  /** Answers at hand for the paths of so many senders; a power of two. */
  private static final int RECENT = 256;

  /** A longer path is walked each time: what is kept for senders stays small. */
  private static final int MAX_RECENT_LENGTH = 512;

  private final Recent[] recent = new Recent[RECENT];
  private final Prefix[] table;
  private final int longest;
  private final BodyPaths bodyPaths;
  private final AtomicInteger kept = new AtomicInteger();

  /**
   * @param plans strongest first
   * @param bodyPaths of all of them
   */
  SourceIndex(List<RoutePlan> plans, BodyPaths bodyPaths) {
    this.bodyPaths = bodyPaths;
    table = new Prefix[Integer.highestOneBit(4 * plans.size() + 2)];
    longest = plans.stream().mapToInt(plan -> plan.prefix().length()).max().orElse(0);
    // a shorter prefix is there before a longer one asks for it; those of one keep their order
    plans.stream()
        .sorted(Comparator.comparingInt(plan -> plan.prefix().length()))
        .forEach(this::add);
  }

  private void add(RoutePlan plan) {
    Prefix found = longest(plan.prefix());
    if (found == null || found.text.length() < plan.prefix().length()) {
      found = new Prefix(plan.prefix(), found);
      int slot = slot(found.hash);
      while (table[slot] != null) {
        slot = after(slot);
      }
      table[slot] = found;
    }
    found.plans.add(plan);
  }

  /** The routes that can take messages of that path. */
  Candidates candidates(String path) {
    // what another thread has put there is whole, or not seen yet
    Recent last = recent[path.hashCode() & (RECENT - 1)];
    if (last != null && last.path.equals(path)) {
      return last.candidates;
    }
    Candidates candidates = lookedUp(path);
    if (path.length() <= MAX_RECENT_LENGTH) {
      recent[path.hashCode() & (RECENT - 1)] = new Recent(path, candidates);
    }
    return candidates;
  }

  private Candidates lookedUp(String path) {
    Prefix prefix = longest(path);
    if (prefix == null) {
      return Candidates.NONE;
    }
    Candidates known = prefix.candidates.get();
    return known != null ? known : gathered(prefix);
  }

  private Candidates gathered(Prefix prefix) {
    List<RoutePlan> plans = prefix.allPlans();
    Set<BodyPath> paths = new HashSet<>();
    plans.forEach(plan -> paths.addAll(plan.route().bodyPaths()));
    int steps = paths.stream().mapToInt(path -> path.steps().size()).sum();
    if (keep(plans.size() + STEP_WEIGHT * (long) steps)) {
      return prefix.keep(Candidates.of(plans, new BodyPaths(paths)));
    }
    Candidates candidates = Candidates.of(plans, bodyPaths);
    return keep(plans.size()) ? prefix.keep(candidates) : candidates;
  }

  /** Whether there is room; two threads with the same prefix may take it twice. */
  private boolean keep(long size) {
    int before = kept.get();
    return before + size <= MAX_KEPT && kept.compareAndSet(before, (int) (before + size));
  }

  /** The longest prefix that the path starts with; the others are those above it. */
  private @Nullable Prefix longest(String path) {
    Prefix best = null;
    int hash = 0;
    int end = Math.min(path.length(), longest);
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      hash = 31 * hash + fold(c);
      if (c == '/') {
        best = longer(best, path, i + 1, hash);
      }
    }
    return best;
  }

  /** The prefix that is the path up to {@code length}, or the given one when there is none. */
  private @Nullable Prefix longer(@Nullable Prefix best, String path, int length, int hash) {
    int known = best == null ? 0 : best.text.length();
    int slot = slot(hash);
    for (Prefix prefix = table[slot]; prefix != null; prefix = table[slot]) {
      if (prefix.hash == hash
          && prefix.above == best
          && prefix.text.length() == length
          && path.regionMatches(true, known, prefix.text, known, length - known)) {
        return prefix;
      }
      slot = after(slot);
    }
    return best;
  }

  private int slot(int hash) {
    return (hash ^ (hash >>> 16)) & (table.length - 1);
  }

  private int after(int slot) {
    return (slot + 1) & (table.length - 1);
  }

  /**
   * Letters that are equal but for their case become the same. Beyond the basic plane one letter is
   * two characters, so its case cannot be told here; the comparison tells it.
   */
  private static int fold(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
    return Character.isSurrogate(c) ? 0 : Character.toLowerCase(Character.toUpperCase(c));
  }

  /** What the last path of its place got. */
  private record Recent(String path, Candidates candidates) {}

  /** What some route asks a path to start with. */
  private static final class Prefix {

    private final String text;
    private final int hash;
    private final @Nullable Prefix above;
    private final List<RoutePlan> plans = new ArrayList<>();
    private final AtomicReference<@Nullable Candidates> candidates = new AtomicReference<>();

    /**
     * @param above the longest other prefix that this one starts with
     */
    Prefix(String text, @Nullable Prefix above) {
      int folded = 0;
      for (int i = 0; i < text.length(); i++) {
        folded = 31 * folded + fold(text.charAt(i));
      }
      this.text = text;
      this.hash = folded;
      this.above = above;
    }

    /** Of this prefix and of those above it, strongest first. */
    List<RoutePlan> allPlans() {
      List<RoutePlan> all = new ArrayList<>();
      for (Prefix prefix = this; prefix != null; prefix = prefix.above) {
        all.addAll(prefix.plans);
      }
      all.sort(RoutePlan.STRONGEST_FIRST);
      return all;
    }

    Candidates keep(Candidates made) {
      candidates.set(made);
      return made;
    }
  }
}
