package dev.edgehub.error;

/** Why a component stopped. The number is stable and printed; the blame says who has to act. */
public enum ErrorCode {
  CONFIG_INVALID(101, Blame.OPERATOR),
  MANIFEST_INVALID(102, Blame.OPERATOR),
  PORT_UNAVAILABLE(103, Blame.OPERATOR),
  DATA_DIR_IN_USE(104, Blame.OPERATOR),
  HUB_NOT_RUNNING(105, Blame.OPERATOR),
  IDENTITY_UNKNOWN(106, Blame.OPERATOR),
  IDENTITY_EXISTS(107, Blame.OPERATOR),
  STORE_UNREADABLE(201, Blame.HUB),
  STORE_FAILED(202, Blame.HUB);

  /** Who has to act on a failure. */
  public enum Blame {
    /** The one who configured or started the hub. */
    OPERATOR,
    /** The hub or the machine under it. */
    HUB
  }

  private final int number;
  private final Blame blame;

  ErrorCode(int number, Blame blame) {
    this.number = number;
    this.blame = blame;
  }

  public int number() {
    return number;
  }

  public Blame blame() {
    return blame;
  }
}
