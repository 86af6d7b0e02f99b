-- Fields corrected by a reader, anchored to the bytes of a source, so that they hold when the text is read again. cell as in the
-- table of metadata: lists joined by ；, - for a field that the text does not have.
CREATE TABLE field_corrections (
    sha256 TEXT NOT NULL,
    field TEXT NOT NULL,
    cell TEXT NOT NULL,
    PRIMARY KEY (sha256, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_by_sha256 ON sources (sha256);

-- Texts that are nearly the same. bands are the keys under which a text's likeness is looked up; a pair is kept with its likeness
-- (0 to 1, after alignment), the smaller row first.
CREATE TABLE likeness_bands (
    band INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (band, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_bands_by_document ON likeness_bands (document);

CREATE TABLE likenesses (
    one INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    likeness REAL NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX likenesses_by_other ON likenesses (other);
CREATE INDEX likenesses_ranked ON likenesses (likeness DESC);

-- What a reader decided of two such texts, by the bytes of a source of each, the smaller first.
CREATE TABLE likeness_decisions (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('same', 'different')),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_decisions_by_other ON likeness_decisions (other);

ALTER TABLE documents ADD COLUMN compared TEXT; -- the wording whose bands are kept
ALTER TABLE documents ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0; -- fields on which its candidates disagree
CREATE INDEX documents_in_conflict ON documents (sort_key) WHERE conflicts > 0;
