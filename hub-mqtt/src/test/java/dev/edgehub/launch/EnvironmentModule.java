package dev.edgehub.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A module's program: everything it knows it has from its environment. It sends one message and
 * ends with 0 when the answer on its input has come.
 */
final class EnvironmentModule {

  private EnvironmentModule() {}

  public static void main(String[] args) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    ModuleClient client = ModuleClient.createFromEnvironment(null, IotHubClientProtocol.MQTT);
    client.setMessageCallback(
        "in1",
        (message, context) -> {
          System.out.println("received " + new String(message.getBytes(), UTF_8));
          answered.countDown();
          return IotHubMessageResult.COMPLETE;
        },
        null);
    client.open(false);
    client.sendEvent(new Message("from the environment"), "out");
    boolean done = answered.await(20, TimeUnit.SECONDS);
    client.close();
    System.exit(done ? 0 : 1);
  }
}
