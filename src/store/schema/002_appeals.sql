CREATE TABLE IF NOT EXISTS appeals
(
    system       LowCardinality(String),
    id           String,
    received_at  DateTime64(3, 'UTC'),
    observed_at  DateTime64(3, 'UTC'),
    version      UInt64,
    ingested_at  DateTime64(3, 'UTC'),
    topic        LowCardinality(String),
    partition    Int32,
    offset       Int64,
    agency       LowCardinality(String),
    region       LowCardinality(String) COMMENT 'empty where not known',
    themes       Array(LowCardinality(String)),
    text         String CODEC(ZSTD(3)),
    count        UInt32,
    kind         LowCardinality(String),
    escalated    Bool,
    status       LowCardinality(String)
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(received_at)
ORDER BY (toStartOfHour(received_at), system, id);
