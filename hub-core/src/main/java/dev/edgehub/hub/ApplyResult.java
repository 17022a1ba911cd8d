package dev.edgehub.hub;

import java.util.List;

/**
 * What became of a manifest.
 *
 * @param applied whether its routes are in force now
 * @param routes how many routes are in force now
 * @param issues why it was refused, rendered; empty when it was applied
 * @param warnings what is legal but probably not meant
 */
public record ApplyResult(boolean applied, int routes, List<String> issues, List<String> warnings) {
  public ApplyResult {
    issues = List.copyOf(issues);
    warnings = List.copyOf(warnings);
  }
}
