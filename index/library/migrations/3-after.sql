-- Each row is of the generation it was of, until the next one.
INSERT INTO generations (number, splitter) SELECT number, splitter FROM generations_3;
INSERT INTO entries
    SELECT article, generation, ifnull((SELECT MIN(number) FROM generations_3
        WHERE number > generation), 1 << 62), content, path, file_hash, reader, part
    FROM entries_3;
DROP TABLE entries_3;
DROP TABLE generations_3;
