-- The index versions whose articles are recorded.
CREATE TABLE generations (
    number       INTEGER PRIMARY KEY,
    splitter     TEXT NOT NULL,
    digest       TEXT NOT NULL DEFAULT ''  -- of its articles; none before schema version 4
);

-- Which articles a generation holds, and the file each came from. A row is of all generations from
-- `since` until before `until`: what does not change is not written again.
CREATE TABLE entries (
    article      TEXT NOT NULL,
    since        INTEGER NOT NULL,
    until        INTEGER NOT NULL,  -- 2^62 while the last generation has it
    content      INTEGER NOT NULL REFERENCES contents (id),
    path         TEXT NOT NULL,
    file_hash    TEXT NOT NULL,
    reader       TEXT NOT NULL,
    part         TEXT NOT NULL,  -- of the file: the hash of a line, or nothing for all of it
    PRIMARY KEY (article, since)
) WITHOUT ROWID;

CREATE INDEX entries_by_content ON entries (content, since, until);

CREATE INDEX entries_by_path ON entries (path);
