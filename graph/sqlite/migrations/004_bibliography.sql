-- Lists of instruments, imported so that citations of texts that are not held mean a known instrument. digest is of its entries.
CREATE TABLE bibliographies (
    listed_in TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One instrument as a list has it; issuers joined by 、. work is the name it goes by here, shared with citations and documents.
CREATE TABLE known_instruments (
    known INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    listed_in TEXT NOT NULL REFERENCES bibliographies ON DELETE CASCADE,
    title TEXT NOT NULL,
    doc_number TEXT,
    issuers TEXT NOT NULL,
    force TEXT,
    validity TEXT,
    published TEXT,
    effective TEXT,
    work INTEGER NOT NULL REFERENCES works,
    UNIQUE (listed_in, id)
) STRICT;
CREATE INDEX known_instruments_by_work ON known_instruments (work);

-- The forms under which an entry is looked up: its number, its title, its matter, the title of the text that it carries.
CREATE TABLE known_forms (
    form TEXT NOT NULL,
    known INTEGER NOT NULL REFERENCES known_instruments ON DELETE CASCADE,
    PRIMARY KEY (form, known)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_forms_by_known ON known_forms (known);

-- What lists say of the instruments that documents cite.
CREATE VIEW v_known_instruments AS
SELECT k.title, k.doc_number, k.issuers, k.force, k.validity, k.published, k.effective, k.listed_in, i.id AS instrument_id,
    i.documents, i.citations, i.held
FROM known_instruments k JOIN works w USING (work) LEFT JOIN instruments i USING (instrument);
