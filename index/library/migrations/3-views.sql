-- What lets a reader take the tables of schema version 3 for those of today.
CREATE TEMP VIEW generations AS SELECT number, splitter, '' AS digest FROM main.generations;
CREATE TEMP VIEW entries AS
    SELECT article, generation AS since, generation + 1 AS until, content, path, file_hash, reader,
        part
    FROM main.entries;
