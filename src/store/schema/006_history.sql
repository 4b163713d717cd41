-- What was said in each hour, cell by cell: how much of a thing is usual is read here. Counted from posts, again whenever an hour of
-- them changes, and holds no person; so it may be kept when the posts themselves are forgotten.
CREATE TABLE IF NOT EXISTS cell_hours
(
    hour        DateTime('UTC'),
    agency      LowCardinality(String) COMMENT 'empty for null',
    region      LowCardinality(String),
    theme       LowCardinality(String),
    statements  UInt32 COMMENT 'of persons, copies left out',
    counted_at  DateTime64(3, 'UTC'),
    version     UInt64,
    INDEX counted counted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, agency, region, theme);

-- Every change of a verdict, kept: a row when a cell gets another label or rule, or its score moves.
CREATE TABLE IF NOT EXISTS verdicts
(
    agency        LowCardinality(String) COMMENT 'empty for null',
    region        LowCardinality(String),
    theme         LowCardinality(String),
    window_from   DateTime64(3, 'UTC'),
    window_to     DateTime64(3, 'UTC'),
    label         LowCardinality(String),
    score         Float64,
    rule          LowCardinality(String),
    posts         UInt64,
    statements    UInt64,
    authors       UInt64,
    appeals       UInt64,
    evaluated_at  DateTime64(3, 'UTC'),
    version       UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_from)
ORDER BY (window_from, window_to, agency, region, theme, version);
