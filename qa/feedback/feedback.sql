-- What readers thought of answers, and the questions that found no sure one.

-- What was answered, for a day, so that any process can take a verdict on it.
CREATE TABLE IF NOT EXISTS answers (
    id           TEXT PRIMARY KEY,
    at           INTEGER NOT NULL,  -- seconds since 1970, as all times here
    counted      INTEGER NOT NULL,  -- whether its question counts already
    record       TEXT NOT NULL      -- JSON: question, best reply, nearest articles
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS answers_by_time ON answers (at);

-- Questions that are kept, all ways to write one together.
CREATE TABLE IF NOT EXISTS questions (
    id           TEXT PRIMARY KEY,  -- of the folded text
    languages    TEXT NOT NULL,     -- with a comma between
    first        INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    asked        INTEGER NOT NULL,  -- how often, as far as that was kept
    unsure       INTEGER NOT NULL,  -- how often of these no sure answer was found
    record       TEXT NOT NULL,     -- of the last of these answers
    line         TEXT,              -- the question line that was chosen for it
    resolved     INTEGER NOT NULL DEFAULT 0  -- whether one was
) WITHOUT ROWID;

-- All by which the owner's page chooses and counts its questions: their records are long.
CREATE INDEX IF NOT EXISTS questions_by_count
    ON questions (resolved, asked DESC, last DESC, id, unsure);

CREATE TABLE IF NOT EXISTS verdicts (
    answer       TEXT PRIMARY KEY,
    question     TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    at           INTEGER NOT NULL,
    helpful      INTEGER NOT NULL,
    comment      TEXT,
    record       TEXT NOT NULL      -- of the answer
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS verdicts_by_question ON verdicts (question, at);
CREATE INDEX IF NOT EXISTS verdicts_by_time ON verdicts (at);
