-- One row a post. The natural key is (platform, id); the hour in front of it lets a window be read alone. A post keeps the
-- publication time it was first observed with, so a later observation always replaces the earlier row.
CREATE TABLE IF NOT EXISTS posts
(
    platform            LowCardinality(String),
    id                  String,
    kind                LowCardinality(String),
    published_at        DateTime64(3, 'UTC'),
    observed_at         DateTime64(3, 'UTC') COMMENT 'time of the record that brought this observation',
    version             UInt64 COMMENT 'order of observation: milliseconds << 20, plus the position in its source',
    ingested_at         DateTime64(3, 'UTC') COMMENT 'clock of the worker when it wrote the row',
    worker              LowCardinality(String),
    topic               LowCardinality(String),
    partition           Int32,
    offset              Int64,
    text                String CODEC(ZSTD(3)),
    url                 String CODEC(ZSTD(3)),
    author              UInt64 COMMENT 'keyed hash (HMAC-SHA-256, first 64 bits); the id itself is not kept',
    author_followers    Nullable(UInt64),
    author_created_at   Nullable(DateTime64(3, 'UTC')),
    author_verified     Nullable(Bool),
    author_region       LowCardinality(String),
    author_settlement   LowCardinality(String),
    channel             UInt64 COMMENT 'keyed hash; 0 where the post stands on no channel',
    channel_kind        LowCardinality(String),
    channel_members     Nullable(UInt64),
    channel_region      LowCardinality(String),
    views               Nullable(UInt64),
    likes               Nullable(UInt64),
    comments            Nullable(UInt64),
    shares              Nullable(UInt64),
    repost_of           String,
    in_reply_to         String,
    language            LowCardinality(String),
    language_confidence Float32,
    language_other      LowCardinality(String),
    script              LowCardinality(String),
    agencies            Array(LowCardinality(String)),
    themes              Array(LowCardinality(String)),
    region              LowCardinality(String) COMMENT 'empty where not resolved',
    region_source       LowCardinality(String),
    stance              LowCardinality(String),
    cluster             String COMMENT 'platform:id of the first post seen of the copies',
    copy                Bool,
    fingerprint         String COMMENT 'MinHash sketch; empty where the text is too short to compare' CODEC(NONE),
    reach_low           Float32,
    reach_mid           Float32,
    reach_high          Float32,
    INDEX ingested ingested_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(published_at)
ORDER BY (toStartOfHour(published_at), platform, id);

-- Two clusters that turned out to be one after both had been stored; resolved when cells are weighed.
CREATE TABLE IF NOT EXISTS cluster_links
(
    cluster    String,
    root       String,
    linked_at  DateTime64(3, 'UTC') COMMENT 'event time of the post that linked them',
    version    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (cluster, root);
