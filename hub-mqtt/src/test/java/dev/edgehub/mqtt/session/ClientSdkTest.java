package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names are those the SDKs were seen to send. */
final class ClientSdkTest {

  @Test
  void theJavaSdkFailsOnEmptyValues() {
    assertTrue(
        ClientSdk.failsOnEmptyValues(
            "com.microsoft.azure.sdk.iot.iot-device-client/2.5.0 (17.0.15; Linux; amd64)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "azure-iot-device/1.18.4 (node v20.20.2; Linux 6.18; x64)",
        "Microsoft.Azure.Devices.Client/1.42.3 (.NET 8.0.1; Linux; X64)"
      })
  void othersTakeThem(String clientType) {
    assertFalse(ClientSdk.failsOnEmptyValues(clientType));
  }
}
