-- The rows of version 1 in the tables of today. Nothing is embedded again: vectors are known by
-- the text they stand for.
INSERT INTO contents (hash, title, source, published, url, text, layout)
    SELECT from_hex(hash), title, source, published, url, text,
        json_set(layout, '$.pages', json('[]')) FROM contents_1;
INSERT INTO passages (id, content, splitter, start, end, heading, text_hash)
    SELECT p.id, c.id, p.splitter, p.start, p.end, p.heading, p.text_hash
    FROM passages_1 p JOIN contents c ON c.hash = from_hex(p.content);
INSERT INTO models (name) SELECT DISTINCT model FROM embeddings_1;
INSERT INTO embeddings (model, text_hash, vector)
    SELECT m.id, e.text_hash, e.vector FROM embeddings_1 e JOIN models m ON m.name = e.model;
INSERT INTO generations (number, splitter) SELECT number, splitter FROM generations_1;
INSERT INTO entries
    SELECT e.article, e.generation, ifnull((SELECT MIN(number) FROM generations_1
        WHERE number > e.generation), 1 << 62), c.id, e.path, e.file_hash, e.reader, ''
    FROM entries_1 e JOIN contents c ON c.hash = from_hex(e.content);
DROP TABLE entries_1;
DROP TABLE generations_1;
DROP TABLE embeddings_1;
DROP TABLE passages_1;
DROP TABLE contents_1;
