-- Since schema version 3. The questions that an article surely answers, as JSON, by the rules that
-- made them; there may be none. An article without a row was not tried yet.
CREATE TABLE suggestions (
    content      INTEGER NOT NULL REFERENCES contents (id),
    rules        TEXT NOT NULL,
    questions    TEXT NOT NULL,
    PRIMARY KEY (content)
) WITHOUT ROWID;
