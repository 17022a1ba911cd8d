package dev.edgehub.bench.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The way not taken: RocksDB with one value per message instead of one block per group and queue,
 * synced per group, deleted three groups later. Beside {@link AppendBenchmark} it keeps the reason
 * for blocks measurable.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ValuePerMessageBenchmark {

  private static final int ENTRIES = 500;
  private static final int DELETE_BEHIND = 1_500;

  @Param({"10", "100", "500"})
  int group = 100;

  private final byte[] body = new byte[256];
  private Path directory = Path.of(".");
  private Options options;
  private WriteOptions synced;
  private RocksDB database;
  private long appended;
  private long deleted;

  @Setup
  public void open() throws IOException, RocksDBException {
    directory = Scratch.newDirectory();
    options = new Options().setCreateIfMissing(true).setWriteBufferSize(32L << 20);
    synced = new WriteOptions().setSync(true);
    database = RocksDB.open(options, directory.toString());
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void append() throws RocksDBException {
    for (int done = 0; done < ENTRIES; done += group) {
      try (WriteBatch batch = new WriteBatch(group * 300)) {
        for (int i = 0; i < group; i++) {
          batch.put(key(appended++), body);
          if (appended - deleted > DELETE_BEHIND) {
            batch.delete(key(deleted++));
          }
        }
        database.write(synced, batch);
      }
    }
  }

  private static byte[] key(long offset) {
    return ByteBuffer.allocate(12).putInt(1).putLong(offset).array();
  }

  @TearDown
  public void close() throws IOException {
    database.close();
    synced.close();
    options.close();
    Scratch.remove(directory);
  }
}
