-- Where in its file a stretch of a text stood: kind page with its number, or element with its name (p 12, table 1 row 3).
CREATE TABLE locators (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (document, start_offset, kind, label)
) STRICT, WITHOUT ROWID;
