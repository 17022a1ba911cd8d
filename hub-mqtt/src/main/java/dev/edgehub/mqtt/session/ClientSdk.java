package dev.edgehub.mqtt.session;

/** What is known of the SDK a client says it is written with. */
final class ClientSdk {

  /**
   * How Azure's Java SDK begins what it says of itself, for example {@code
   * com.microsoft.azure.sdk.iot.iot-device-client/2.5.0 (17.0.15; Linux; amd64)}.
   */
  private static final String JAVA = "com.microsoft.azure.sdk.iot.";

  private ClientSdk() {}

  /**
   * Whether an empty property value ends the client for good: Azure's Java SDK fails on it before
   * it acknowledges, and does not come back.
   *
   * @param clientType the {@code DeviceClientType} of its user name, decoded
   */
  static boolean failsOnEmptyValues(String clientType) {
    return clientType.startsWith(JAVA);
  }
}
