-- Tables of schema version 3 that are others today.
CREATE TABLE generations (
    number       INTEGER PRIMARY KEY,
    splitter     TEXT NOT NULL
);

CREATE TABLE entries (
    generation   INTEGER NOT NULL REFERENCES generations (number),
    article      TEXT NOT NULL,
    content      INTEGER NOT NULL REFERENCES contents (id),
    path         TEXT NOT NULL,
    file_hash    TEXT NOT NULL,
    reader       TEXT NOT NULL,
    part         TEXT NOT NULL,
    PRIMARY KEY (generation, article)
) WITHOUT ROWID;

CREATE INDEX entries_by_content ON entries (content, generation);
