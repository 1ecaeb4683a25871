-- From schema version 1: its tables make room; `1-after.sql` moves their rows into the new ones.
DROP INDEX entries_by_content;
ALTER TABLE contents RENAME TO contents_1;
ALTER TABLE passages RENAME TO passages_1;
ALTER TABLE embeddings RENAME TO embeddings_1;
ALTER TABLE generations RENAME TO generations_1;
ALTER TABLE entries RENAME TO entries_1;
