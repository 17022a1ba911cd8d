package dev.edgehub.launch;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.store.StoreException;

/** What the store's refusals mean to who typed a command. */
final class StoreFailure {

  private StoreFailure() {}

  static HubException of(StoreException e) {
    return new HubException(
        e.kind() == StoreException.Kind.IN_USE
            ? ErrorCode.DATA_DIR_IN_USE
            : ErrorCode.STORE_UNREADABLE,
        "" + e.getMessage(),
        e);
  }
}
