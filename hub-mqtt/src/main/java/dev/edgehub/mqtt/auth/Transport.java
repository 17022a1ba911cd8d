package dev.edgehub.mqtt.auth;

/** What carries a connection's MQTT. */
public enum Transport {
  PLAIN("plain"),
  TLS("tls"),
  WEBSOCKET("websocket");

  private final String word;

  Transport(String word) {
    this.word = word;
  }

  /** Its name, for people and programs. */
  public String word() {
    return word;
  }
}
