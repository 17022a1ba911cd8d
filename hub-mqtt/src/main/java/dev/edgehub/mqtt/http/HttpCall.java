package dev.edgehub.mqtt.http;

import dev.edgehub.mqtt.auth.Origin;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * A whole request. Nothing of it has been judged: who may ask is the service's business.
 *
 * @param path decoded, without the query
 * @param query as it came, without the question mark; empty when there is none
 */
public record HttpCall(
    String method, String path, String query, HttpHeaders headers, byte[] body, Origin origin) {}
