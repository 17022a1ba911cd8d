package dev.edgehub.mqtt.session;

/**
 * A connected client, at one moment.
 *
 * @param id {@code device} or {@code device/module}
 * @param connectedSeconds since its CONNECT was accepted
 * @param protocol {@code 3.1.1} or {@code 5}
 * @param remote address and port it comes from
 * @param unstored its PUBLISHes that wait for their PUBACK
 * @param unanswered deliveries written to it that wait for its PUBACK
 * @param waiting deliveries that wait for its socket
 * @param subscriptions filters
 * @param bytesIn bytes of MQTT read from it
 * @param bytesOut bytes of MQTT written to it
 */
public record ClientFigures(
    String id,
    double connectedSeconds,
    String protocol,
    String remote,
    int unstored,
    int unanswered,
    int waiting,
    int subscriptions,
    long bytesIn,
    long bytesOut) {}
