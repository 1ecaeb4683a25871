CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    ends REAL NOT NULL  -- seconds since 1970
) WITHOUT ROWID;

CREATE TABLE uses (
    key_id TEXT PRIMARY KEY,
    at REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,  -- of the token, which the browser alone has
    key_id TEXT NOT NULL,
    ends REAL NOT NULL
) WITHOUT ROWID;
