-- What a post links to: as hashes, since all that is asked of them is whether two posts link to the same page.
ALTER TABLE posts ADD COLUMN IF NOT EXISTS links Array(UInt64) COMMENT 'hashes of the addresses in the text, written as one for each page' CODEC(ZSTD(1));
