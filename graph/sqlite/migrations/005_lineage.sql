-- Two documents whose measures were compared. lower is made under higher, or came later. A pair that is not here was not compared.
-- states are those of the two texts when they were compared (revision and extractor): others mean that it must be done again.
CREATE TABLE comparisons (
    comparison INTEGER PRIMARY KEY,
    lower INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    higher INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    standing TEXT NOT NULL CHECK (standing IN ('derives', 'siblings', 'unstated', 'unrelated')),
    evidence TEXT CHECK (evidence IN ('stated', 'copied', 'inferred')),
    closeness REAL NOT NULL,
    units INTEGER NOT NULL, -- measures of the lower text that were compared
    linked INTEGER NOT NULL, -- of these, how many have a counterpart
    method TEXT NOT NULL,
    lower_state TEXT NOT NULL,
    higher_state TEXT NOT NULL,
    UNIQUE (lower, higher)
) STRICT;
CREATE INDEX comparisons_by_higher ON comparisons (higher);

-- The lower provision comes from the higher one; for siblings both come from one that may not be held.
CREATE TABLE derivations (
    comparison INTEGER NOT NULL REFERENCES comparisons ON DELETE CASCADE,
    lower INTEGER NOT NULL REFERENCES provisions ON DELETE CASCADE,
    higher INTEGER NOT NULL REFERENCES provisions ON DELETE CASCADE,
    relation TEXT NOT NULL CHECK (relation IN ('verbatim', 'adapted', 'extended')),
    evidence TEXT NOT NULL CHECK (evidence IN ('stated', 'copied', 'inferred')),
    score REAL NOT NULL,
    PRIMARY KEY (lower, higher)
) STRICT, WITHOUT ROWID;
CREATE INDEX derivations_by_higher ON derivations (higher);
CREATE INDEX derivations_by_comparison ON derivations (comparison);

-- Measures of either text without a link: new in the lower, left out of the higher, or in doubt.
CREATE TABLE unmatched (
    comparison INTEGER NOT NULL REFERENCES comparisons ON DELETE CASCADE,
    provision INTEGER NOT NULL REFERENCES provisions ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('new', 'left_out', 'doubtful')),
    PRIMARY KEY (comparison, provision)
) STRICT, WITHOUT ROWID;
CREATE INDEX unmatched_by_provision ON unmatched (provision);

-- Keys under which measures with the same words meet.
CREATE TABLE unit_bands (
    band INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    unit INTEGER NOT NULL, -- its place among the document's measures
    PRIMARY KEY (band, document, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_bands_by_document ON unit_bands (document);

ALTER TABLE documents ADD COLUMN traced TEXT; -- the method and state with which its sources were last looked for
CREATE INDEX documents_by_traced ON documents (traced);

CREATE VIEW v_lineage AS
SELECT a.title AS document, p.path, p.heading, b.title AS source, q.path AS source_path, q.heading AS source_heading, v.relation,
    v.evidence, v.score, c.standing, a.id || ':' || p.path AS id, b.id || ':' || q.path AS source_id
FROM derivations v JOIN comparisons c USING (comparison) JOIN provisions p ON p.provision = v.lower
    JOIN provisions q ON q.provision = v.higher JOIN documents a ON a.document = p.document
    JOIN documents b ON b.document = q.document;
