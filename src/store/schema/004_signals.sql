-- What a cell was last found to weigh. Recomputed from rows, never incremented.
CREATE TABLE IF NOT EXISTS signals
(
    id             String,
    agency         LowCardinality(String) COMMENT 'empty for null',
    region         LowCardinality(String),
    theme          LowCardinality(String),
    window_from    DateTime64(3, 'UTC'),
    window_to      DateTime64(3, 'UTC'),
    posts          UInt64,
    statements     UInt64,
    authors        UInt64,
    net_reach      Float64,
    rate_per_100k  Float64,
    label          LowCardinality(String),
    score          Float64,
    rule           LowCardinality(String),
    signal         String COMMENT 'the whole signal of the contract, JSON' CODEC(ZSTD(3)),
    evaluated_at   DateTime64(3, 'UTC'),
    version        UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_from)
ORDER BY (window_from, window_to, agency, region, theme);

-- The last alert state of each subscription and cell, so that a restart goes on where it was.
CREATE TABLE IF NOT EXISTS alerts
(
    subscription  LowCardinality(String),
    cell          String COMMENT 'agency/region/theme/duration',
    signal_id     String,
    change        LowCardinality(String) COMMENT 'opened, escalated, eased, closed',
    label         LowCardinality(String),
    score         Float64,
    ce_id         String,
    changed_at    DateTime64(3, 'UTC'),
    version       UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (subscription, cell);
