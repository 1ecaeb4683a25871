-- Everything that can't be derived. Rows of contents and passages are never changed:
-- a changed article is a new content, so an older generation still finds what it cites.

-- AUTOINCREMENT: a number once given never comes to mean another content or passage.
CREATE TABLE contents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    hash         BLOB NOT NULL UNIQUE,  -- SHA-256 of all that follows
    title        TEXT NOT NULL,
    source       TEXT,
    author       TEXT,
    published    TEXT,
    url          TEXT,
    text         TEXT NOT NULL,
    layout       TEXT NOT NULL   -- JSON: sections, removed, pages, tables, where title, source, date stand
);

CREATE TABLE passages (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    content      INTEGER NOT NULL REFERENCES contents (id),
    splitter     TEXT NOT NULL,
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    heading      TEXT,
    text_hash    BLOB NOT NULL,
    UNIQUE (content, splitter, start)
);

CREATE INDEX passages_by_text ON passages (text_hash);

CREATE TABLE models (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE
);

-- By number, so that what is embedded is only ever added at the end.
CREATE TABLE embeddings (
    id           INTEGER PRIMARY KEY,
    model        INTEGER NOT NULL REFERENCES models (id),
    text_hash    BLOB NOT NULL,
    vector       BLOB NOT NULL,  -- float32, little endian
    UNIQUE (model, text_hash)
);

-- The names that an article says are one, as JSON, by the tokenizer that found them.
CREATE TABLE definitions (
    content      INTEGER NOT NULL REFERENCES contents (id),
    tokenizer    TEXT NOT NULL,
    pairs        TEXT NOT NULL,
    PRIMARY KEY (content, tokenizer)
) WITHOUT ROWID;

-- What finds articles that are nearly the same: bands of each one's MinHash signature.
CREATE TABLE bands (
    band         INTEGER NOT NULL,
    value        BLOB NOT NULL,
    content      INTEGER NOT NULL REFERENCES contents (id),
    PRIMARY KEY (band, value, content)
) WITHOUT ROWID;

CREATE INDEX bands_by_content ON bands (content);

-- Lines at the edges of articles, by hash, and the source (or folder) each article is of: what
-- recurs in many articles of one source is furniture of its pages, and stays so.
CREATE TABLE edges (
    source       TEXT NOT NULL,
    line         BLOB NOT NULL,
    content      INTEGER NOT NULL REFERENCES contents (id),
    PRIMARY KEY (source, line, content)
) WITHOUT ROWID;

CREATE INDEX edges_by_content ON edges (content);

CREATE TABLE furniture (
    source       TEXT NOT NULL,
    line         BLOB NOT NULL,
    PRIMARY KEY (source, line)
) WITHOUT ROWID;

-- Files that could not be taken in, or not all of them: told again, not tried again, while the same.
CREATE TABLE failures (
    path         TEXT PRIMARY KEY,
    file_hash    TEXT NOT NULL,
    reader       TEXT NOT NULL,
    told         TEXT NOT NULL   -- JSON: place and reason of each
) WITHOUT ROWID;

-- What was deleted by hand stays away until its file changes.
CREATE TABLE deleted (
    article      TEXT PRIMARY KEY,
    path         TEXT NOT NULL,
    file_hash    TEXT NOT NULL
) WITHOUT ROWID;

-- The PATHs that rebuilds were given, to be read again by one that is given none.
CREATE TABLE roots (
    path         TEXT PRIMARY KEY,
    kind         TEXT NOT NULL   -- files or urls
) WITHOUT ROWID;
