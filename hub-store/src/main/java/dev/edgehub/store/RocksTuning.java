package dev.edgehub.store;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/** RocksDB's options for a small machine; each one that is not RocksDB's own says why. */
final class RocksTuning implements AutoCloseable {

  // readers go through the blocks once; the cache serves indexes, checkpoints and documents
  private static final long CACHE_BYTES = 16L << 20;
  // large enough that entries confirmed within seconds are deleted before they are flushed
  private static final long BLOCK_BUFFER_BYTES = 32L << 20;
  // names, checkpoints, documents: small and overwritten in place
  private static final long SMALL_BUFFER_BYTES = 4L << 20;
  // bounds what an opening has to replay
  private static final long WAL_BYTES = 64L << 20;
  private static final long MIB = 1L << 20;

  private final Cache cache = new LRUCache(CACHE_BYTES);
  private final NoRecovery noRecovery = new NoRecovery();
  private final List<ColumnFamilyOptions> familyOptions = new ArrayList<>();
  private final DBOptions options;

  RocksTuning(boolean create, Durability durability) {
    options =
        new DBOptions()
            .setCreateIfMissing(create)
            .setCreateMissingColumnFamilies(create)
            // the default mode opens a log with a flipped bit and drops what follows in silence
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setMaxTotalWalSize(WAL_BYTES)
            .setListeners(List.of(noRecovery))
            .setMaxBackgroundJobs(2)
            // a table per file is opened when it is read, not all of a backlog at the start
            .setMaxOpenFiles(256)
            .setSkipStatsUpdateOnDbOpen(true)
            // deletes files in the background, never on a reader's thread
            .setAvoidUnnecessaryBlockingIO(true)
            // writes back steadily, or one sync pays for 32 MiB
            .setBytesPerSync(MIB)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setMaxLogFileSize(MIB)
            .setMaxManifestFileSize(4 * MIB)
            // without a log, families flushed one by one would disagree after a crash
            .setAtomicFlush(durability == Durability.MEMORY);
  }

  DBOptions options() {
    return options;
  }

  ColumnFamilyDescriptor describe(Family family) {
    BlockBasedTableConfig table = new BlockBasedTableConfig().setBlockCache(cache);
    ColumnFamilyOptions tuned =
        new ColumnFamilyOptions()
            .setTableFormatConfig(table)
            .setWriteBufferSize(family == Family.BLOCK ? BLOCK_BUFFER_BYTES : SMALL_BUFFER_BYTES)
            .setMaxWriteBufferNumber(3)
            // telemetry is text: cheap to compress, and a backlog is written to flash twice
            .setCompressionType(
                family == Family.BLOCK
                    ? CompressionType.LZ4_COMPRESSION
                    : CompressionType.NO_COMPRESSION);
    familyOptions.add(tuned);
    return new ColumnFamilyDescriptor(family.label(), tuned);
  }

  /** Every family, in the order of their numbers. */
  List<ColumnFamilyDescriptor> describeAll() {
    List<ColumnFamilyDescriptor> all = new ArrayList<>();
    for (Family family : Family.values()) {
      all.add(describe(family));
    }
    return all;
  }

  @Override
  public void close() {
    familyOptions.forEach(ColumnFamilyOptions::close);
    options.close();
    noRecovery.close();
    cache.close();
  }
}
