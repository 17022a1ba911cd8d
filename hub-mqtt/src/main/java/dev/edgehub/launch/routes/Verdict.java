package dev.edgehub.launch.routes;

/** How a look at routes ended. */
public enum Verdict {
  /** Nothing is wrong. */
  FINE,
  /** It ran and found something wrong. */
  FOUND_WRONG,
  /** Something of what was given cannot be used, so not everything was looked at. */
  UNUSABLE
}
