-- What later rebuilds need to know of lists of web addresses. Schema version 3 added these tables to
-- those of `schema.sql`.

-- How the pages of a list are fetched, as the rebuild said that was given the list.
CREATE TABLE list_rules (
    list          TEXT PRIMARY KEY,
    max_pages     INTEGER NOT NULL,  -- of each feed, the newest ones
    delay         REAL NOT NULL,     -- seconds between two requests to a host
    ignore_robots INTEGER NOT NULL
) WITHOUT ROWID;

-- Pages as they were last fetched. A row counts only for an article of the same bytes.
CREATE TABLE page_notes (
    list          TEXT NOT NULL,
    address       TEXT NOT NULL,
    file_hash     TEXT NOT NULL,
    url           TEXT NOT NULL,     -- after all redirects; the next two are of this one
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    feed          TEXT NOT NULL,     -- the feed or sitemap that lists it, or nothing
    updated       TEXT NOT NULL,     -- when it last changed, as the feed said then
    fetched       TEXT NOT NULL,     -- the day, in UTC
    PRIMARY KEY (list, address)
) WITHOUT ROWID;

-- Feeds and sitemaps as they were last fetched, each document of an index of sitemaps for itself.
CREATE TABLE feed_notes (
    list          TEXT NOT NULL,
    address       TEXT NOT NULL,
    url           TEXT NOT NULL,
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    listing       TEXT NOT NULL,     -- JSON: what it lists
    PRIMARY KEY (list, address)
) WITHOUT ROWID;
