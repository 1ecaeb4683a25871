-- From schema version 3, whose entries had a row for each article of each generation: its tables make
-- room; `3-after.sql` moves their rows.
DROP INDEX entries_by_content;
ALTER TABLE generations RENAME TO generations_3;
ALTER TABLE entries RENAME TO entries_3;
