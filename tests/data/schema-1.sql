-- Everything that can't be derived. Rows of contents and passages are never changed:
-- a changed article is a new content, so an older generation still finds what it cites.

CREATE TABLE contents (
    hash         TEXT PRIMARY KEY,
    title        TEXT NOT NULL,
    source       TEXT,
    published    TEXT,
    url          TEXT,
    text         TEXT NOT NULL,
    layout       TEXT NOT NULL   -- JSON: sections, removed, where title, source and date stand
) WITHOUT ROWID;

-- AUTOINCREMENT: a number once given to a passage never comes to mean another one.
CREATE TABLE passages (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    content      TEXT NOT NULL REFERENCES contents (hash),
    splitter     TEXT NOT NULL,
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    heading      TEXT,
    text_hash    BLOB NOT NULL,
    UNIQUE (content, splitter, start)
);

CREATE TABLE embeddings (
    model        TEXT NOT NULL,
    text_hash    BLOB NOT NULL,
    vector       BLOB NOT NULL,  -- float32, little endian
    PRIMARY KEY (model, text_hash)
) WITHOUT ROWID;

CREATE TABLE generations (
    number       INTEGER PRIMARY KEY,
    splitter     TEXT NOT NULL
);

-- Which articles a generation holds, and the file each came from.
CREATE TABLE entries (
    generation   INTEGER NOT NULL REFERENCES generations (number),
    article      TEXT NOT NULL,
    content      TEXT NOT NULL REFERENCES contents (hash),
    path         TEXT NOT NULL,
    file_hash    TEXT NOT NULL,
    reader       TEXT NOT NULL,
    PRIMARY KEY (generation, article)
) WITHOUT ROWID;

CREATE INDEX entries_by_content ON entries (generation, content);
