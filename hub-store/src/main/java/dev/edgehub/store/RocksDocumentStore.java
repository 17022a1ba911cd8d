package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The documents' door: written by the writer, read by the caller. */
final class RocksDocumentStore implements DocumentStore {

  private final Database database;
  private final StoreWriter writer;

  RocksDocumentStore(Database database, StoreWriter writer) {
    this.database = database;
    this.writer = writer;
  }

  @Override
  public void put(String collection, String key, byte[] value, Consumer<AppendOutcome> done) {
    Objects.requireNonNull(value, "value");
    writer.submit(new WriteCommand.Document(KeyLayout.document(collection, key), value, done));
  }

  @Override
  public void remove(String collection, String key, Consumer<AppendOutcome> done) {
    writer.submit(new WriteCommand.Document(KeyLayout.document(collection, key), null, done));
  }

  @Override
  public byte @Nullable [] get(String collection, String key) {
    byte[] record = database.get(Family.DOCUMENT, KeyLayout.document(collection, key));
    return record == null ? null : contents(record, collection, key);
  }

  @Override
  public Map<String, byte[]> all(String collection) {
    byte[] prefix = KeyLayout.collection(collection);
    return database.scan(
        Family.DOCUMENT,
        cursor -> {
          Map<String, byte[]> documents = new TreeMap<>();
          for (cursor.seek(prefix);
              cursor.isValid() && KeyLayout.startsWith(cursor.key(), prefix);
              cursor.next()) {
            String key = KeyLayout.documentName(cursor.key(), prefix.length);
            documents.put(key, contents(cursor.value(), collection, key));
          }
          return documents;
        });
  }

  /**
   * Reads every document once: there are few, and what is damaged must show before it is used.
   *
   * @throws StoreException of kind {@code DAMAGED} when one is not what was written
   */
  static void check(Database database) {
    database.scan(
        Family.DOCUMENT,
        cursor -> {
          for (cursor.seek(new byte[0]); cursor.isValid(); cursor.next()) {
            Sealed.contents(cursor.value(), KeyLayout.describeDocument(cursor.key()));
          }
          return true;
        });
  }

  private static byte[] contents(byte[] record, String collection, String key) {
    ByteBuffer in = Sealed.contents(record, "the document " + key + " of " + collection);
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return value;
  }
}
