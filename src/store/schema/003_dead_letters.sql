-- Records that were refused, with where they came from and the bytes as they came.
CREATE TABLE IF NOT EXISTS dead_letters
(
    topic        LowCardinality(String),
    partition    Int32,
    offset       Int64,
    kind         LowCardinality(String) COMMENT 'post or appeal',
    reason       LowCardinality(String),
    message      String,
    key          String,
    payload      String CODEC(ZSTD(3)),
    observed_at  DateTime64(3, 'UTC'),
    requeued_at  Nullable(DateTime64(3, 'UTC')),
    version      UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (topic, partition, offset);
