-- The store: one file of ordinary tables. Offsets (start_offset, end_offset …) are half-open and count code points of texts.text.
-- The public id of a provision is documents.id || ':' || path; that of a fact adds ':' || kind || ':' || code. Views spell them out.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta VALUES ('version', '0');

-- Places. key is the chain of places from the country down, as named when the document was issued; place is the id that a place
-- keeps over its names. -----------------------------------------------------------------------------------------------------------------------

CREATE TABLE jurisdictions (
    jurisdiction INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    place TEXT,
    code TEXT,
    level TEXT,
    parent INTEGER REFERENCES jurisdictions
) STRICT;
CREATE INDEX jurisdictions_by_name ON jurisdictions (name);
CREATE INDEX jurisdictions_by_code ON jurisdictions (code);
CREATE INDEX jurisdictions_by_place ON jurisdictions (place);
CREATE INDEX jurisdictions_by_parent ON jurisdictions (parent);

-- Every place with each place above it and with itself (depth 0), so that one condition admits all that lies in a province.
CREATE TABLE jurisdiction_within (
    ancestor INTEGER NOT NULL REFERENCES jurisdictions ON DELETE CASCADE,
    jurisdiction INTEGER NOT NULL REFERENCES jurisdictions ON DELETE CASCADE,
    depth INTEGER NOT NULL,
    PRIMARY KEY (ancestor, jurisdiction)
) STRICT, WITHOUT ROWID;
CREATE INDEX jurisdiction_within_by_place ON jurisdiction_within (jurisdiction, depth);

-- Instruments ------------------------------------------------------------------------------------------------------------------

CREATE TABLE instruments (
    instrument INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    doc_number TEXT,
    kind TEXT NOT NULL DEFAULT 'other',
    citations INTEGER NOT NULL DEFAULT 0,
    documents INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    stale INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX instruments_ranked ON instruments (documents DESC, title, id);
CREATE INDEX instruments_ranked_held ON instruments (held, documents DESC, title, id);
CREATE INDEX instruments_ranked_kind ON instruments (kind, documents DESC, title, id);
CREATE INDEX instruments_stale ON instruments (stale) WHERE stale;

-- One way of naming an instrument: a title, a number, or both. Documents and citations share these names, which is how they meet.
-- within is empty, or for a title that does not name its issuer (《关于…》) the place of the text that cites it.
CREATE TABLE works (
    work INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    doc_number TEXT NOT NULL,
    within TEXT NOT NULL,
    instrument INTEGER REFERENCES instruments,
    UNIQUE (title, doc_number, within)
) STRICT;
CREATE INDEX works_by_number ON works (doc_number);
CREATE INDEX works_by_instrument ON works (instrument);

-- Documents --------------------------------------------------------------------------------------------------------------------

CREATE TABLE documents (
    document INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    key_rank INTEGER NOT NULL,
    revision TEXT NOT NULL,
    wording TEXT NOT NULL,
    address TEXT NOT NULL, -- of the source that its text comes from
    title TEXT,
    doc_number TEXT,
    jurisdiction INTEGER REFERENCES jurisdictions,
    level TEXT,
    kind TEXT,
    nature TEXT NOT NULL,
    issued_on TEXT,
    published_on TEXT,
    fields TEXT NOT NULL,
    warnings TEXT NOT NULL,
    extractor TEXT NOT NULL,
    work INTEGER REFERENCES works,
    measures INTEGER NOT NULL,
    sort_key TEXT NOT NULL,
    changed INTEGER NOT NULL,
    embedded TEXT,
    dated TEXT GENERATED ALWAYS AS (coalesce(issued_on, published_on)) VIRTUAL
) STRICT;
CREATE INDEX documents_by_key ON documents (key);
CREATE INDEX documents_by_wording ON documents (wording);
CREATE INDEX documents_by_number ON documents (doc_number);
CREATE INDEX documents_by_address ON documents (address);
CREATE INDEX documents_by_jurisdiction ON documents (jurisdiction, sort_key);
CREATE INDEX documents_by_level ON documents (level, sort_key);
CREATE INDEX documents_by_kind ON documents (kind, sort_key);
CREATE INDEX documents_by_date ON documents (dated);
CREATE UNIQUE INDEX documents_sorted ON documents (sort_key);
CREATE INDEX documents_by_change ON documents (changed);
CREATE INDEX documents_by_extractor ON documents (extractor);
CREATE INDEX documents_by_model ON documents (embedded);
CREATE INDEX documents_by_work ON documents (work);

CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

-- One file or page that a document was read from. revision is the hash of the text that this source had when it was read:
-- it differs from the document's where another source has replaced the text since.
CREATE TABLE sources (
    source INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    address TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    fetched_at TEXT,
    bytes INTEGER NOT NULL,
    revision TEXT NOT NULL,
    UNIQUE (document, address)
) STRICT;
CREATE INDEX sources_by_address ON sources (address);

CREATE TABLE originals (
    source INTEGER PRIMARY KEY REFERENCES sources ON DELETE CASCADE,
    zlib BLOB NOT NULL
) STRICT;

-- Stretches of the text with a label: furniture of the website, and what looks like a fact but no rule could read.
CREATE TABLE passages (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('boilerplate', 'not_understood')),
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    label TEXT NOT NULL
) STRICT;
CREATE INDEX passages_by_document ON passages (document, start_offset);
CREATE INDEX passages_by_kind ON passages (kind);

CREATE TABLE provisions (
    provision INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    path TEXT NOT NULL,
    position INTEGER NOT NULL,
    parent TEXT,
    marker TEXT,
    heading TEXT,
    headings TEXT NOT NULL,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    heading_start INTEGER,
    heading_end INTEGER,
    body_start INTEGER NOT NULL,
    subtree_end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    UNIQUE (document, path)
) STRICT;
CREATE INDEX provisions_in_order ON provisions (document, position);

-- Bodies. name is the newest official name that the texts give it; responsibilities.name is as written, body as it was called then. -----------------------------------------------------------------------------------------------------------------------

CREATE TABLE departments (
    department INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    registered INTEGER NOT NULL, -- 0: not in the registry, known by its wording and the place of the text only
    jurisdiction INTEGER REFERENCES jurisdictions,
    level TEXT,
    generic INTEGER NOT NULL,
    duties INTEGER NOT NULL DEFAULT 0,
    documents INTEGER NOT NULL DEFAULT 0,
    stale INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX departments_ranked ON departments (generic, duties DESC, name, id);
CREATE INDEX departments_ranked_all ON departments (duties DESC, name, id);
CREATE INDEX departments_by_jurisdiction ON departments (jurisdiction, generic, duties DESC);
CREATE INDEX departments_stale ON departments (stale) WHERE stale;

-- What texts call a department: name as written, body as it was officially called on that day; uses counts duties and issues.
CREATE TABLE department_names (
    department INTEGER NOT NULL REFERENCES departments ON DELETE CASCADE,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (department, name, body)
) STRICT, WITHOUT ROWID;
CREATE INDEX department_names_by_name ON department_names (name);

CREATE TABLE department_systems (
    department INTEGER NOT NULL REFERENCES departments ON DELETE CASCADE,
    system TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (department, system)
) STRICT, WITHOUT ROWID;
CREATE INDEX department_systems_by_system ON department_systems (system);

CREATE TABLE issuers (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    systems TEXT NOT NULL, -- joined by +
    department INTEGER NOT NULL REFERENCES departments,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX issuers_by_department ON issuers (department);

-- Facts: one table for each kind. provision is null where the outline has no item at that path (a preamble). --------------------

CREATE TABLE responsibilities (
    responsibility INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    provision INTEGER REFERENCES provisions ON DELETE CASCADE,
    path TEXT NOT NULL,
    code TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    rule TEXT NOT NULL,
    name TEXT NOT NULL,
    system TEXT NOT NULL,
    role TEXT NOT NULL,
    generic INTEGER NOT NULL,
    stated TEXT NOT NULL,
    cue TEXT,
    corrected TEXT,
    covers_start INTEGER,
    covers_end INTEGER,
    body TEXT NOT NULL,
    department INTEGER NOT NULL REFERENCES departments,
    role_order INTEGER GENERATED ALWAYS AS (
        CASE role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'responsible' THEN 2 ELSE 3 END) VIRTUAL,
    UNIQUE (document, path, code)
) STRICT;
CREATE INDEX responsibilities_in_order ON responsibilities (document, start_offset, code);
CREATE INDEX responsibilities_by_provision ON responsibilities (provision, role);
CREATE INDEX responsibilities_by_department ON responsibilities (department, role_order, document);
CREATE INDEX responsibilities_by_body ON responsibilities (department, body);

-- A merged body (教科局) serves several systems: one row for each.
CREATE TABLE responsibility_systems (
    system TEXT NOT NULL,
    responsibility INTEGER NOT NULL REFERENCES responsibilities ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (system, responsibility)
) STRICT, WITHOUT ROWID;
CREATE INDEX responsibility_systems_by_responsibility ON responsibility_systems (responsibility);
CREATE INDEX responsibility_systems_by_document ON responsibility_systems (document, system);

-- How much each system has to do; kept with every document loaded or removed.
CREATE TABLE systems (
    system TEXT PRIMARY KEY,
    duties INTEGER NOT NULL,
    documents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE citations (
    citation INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    provision INTEGER REFERENCES provisions ON DELETE CASCADE,
    path TEXT NOT NULL,
    code TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    rule TEXT NOT NULL,
    title TEXT NOT NULL,
    doc_number TEXT,
    relation TEXT NOT NULL,
    kind TEXT NOT NULL,
    pinpoint TEXT,
    effect TEXT,
    issuer TEXT,
    work INTEGER REFERENCES works,
    UNIQUE (document, path, code)
) STRICT;
CREATE INDEX citations_in_order ON citations (document, start_offset, code);
CREATE INDEX citations_by_provision ON citations (provision);
CREATE INDEX citations_by_work ON citations (work, document);

CREATE TABLE targets (
    target INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    provision INTEGER REFERENCES provisions ON DELETE CASCADE,
    path TEXT NOT NULL,
    code TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    rule TEXT NOT NULL,
    text TEXT NOT NULL,
    metric TEXT,
    op TEXT,
    value ANY,
    unit TEXT,
    period TEXT,
    from_year TEXT,
    by TEXT,
    kind TEXT NOT NULL,
    baseline TEXT,
    population TEXT,
    strength TEXT,
    UNIQUE (document, path, code)
) STRICT;
CREATE INDEX targets_in_order ON targets (document, start_offset, code);
CREATE INDEX targets_by_provision ON targets (provision);

CREATE TABLE programmes (
    programme INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    provision INTEGER REFERENCES provisions ON DELETE CASCADE,
    path TEXT NOT NULL,
    code TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    rule TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (document, path, code)
) STRICT;
CREATE INDEX programmes_in_order ON programmes (document, start_offset, code);
CREATE INDEX programmes_by_provision ON programmes (provision);
CREATE INDEX programmes_by_name ON programmes (name);

-- Vectors: float32, little-endian, one for each provision and model. -----------------------------------------------------------

CREATE TABLE vectors (
    provision INTEGER NOT NULL REFERENCES provisions ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (provision, model)
) STRICT;
CREATE INDEX vectors_by_model ON vectors (model);

-- Views that answer common questions -------------------------------------------------------------------------------------------

CREATE VIEW v_documents AS
SELECT d.id, d.title, d.doc_number, j.name AS jurisdiction, d.level, d.kind, d.issued_on, d.published_on, d.measures, d.address
FROM documents d LEFT JOIN jurisdictions j USING (jurisdiction);

CREATE VIEW v_measures AS
SELECT d.id || ':' || p.path AS id, d.id AS document_id, d.title AS document, j.name AS jurisdiction, p.path, p.heading, p.text
FROM provisions p JOIN documents d USING (document) LEFT JOIN jurisdictions j USING (jurisdiction)
WHERE p.role = 'measure';

-- Who handles what: one row for each body named as responsible.
CREATE VIEW v_who AS
SELECT j.name AS jurisdiction, d.title AS document, r.path, p.heading, r.name AS body, b.name AS department, r.system, r.role,
    r.generic, substr(t.text, r.start_offset + 1, r.end_offset - r.start_offset) AS quote, r.start_offset, r.end_offset, r.rule,
    d.id || ':' || r.path || ':responsibility:' || r.code AS id
FROM responsibilities r JOIN documents d USING (document) JOIN texts t USING (document) JOIN departments b USING (department)
    LEFT JOIN provisions p USING (provision) LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction;

-- What must be reached, by when.
CREATE VIEW v_targets AS
SELECT j.name AS jurisdiction, d.title AS document, g.path, p.heading, g.metric, g.op, g.value, g.unit, g.period, g.from_year,
    g.by AS deadline, g.kind, g.text AS quote, g.start_offset, g.end_offset, g.rule,
    d.id || ':' || g.path || ':target:' || g.code AS id
FROM targets g JOIN documents d USING (document) LEFT JOIN provisions p USING (provision)
    LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction;

-- Which instruments are named, how, and whether a text of them is held.
CREATE VIEW v_citations AS
SELECT j.name AS jurisdiction, d.title AS document, c.path, c.title AS cited, c.doc_number, c.relation, c.kind,
    i.id AS instrument_id, i.title AS instrument, i.held, c.start_offset, c.end_offset, c.rule,
    d.id || ':' || c.path || ':citation:' || c.code AS id
FROM citations c JOIN documents d USING (document) LEFT JOIN works w ON w.work = c.work
    LEFT JOIN instruments i USING (instrument) LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction;

CREATE VIEW v_programmes AS
SELECT j.name AS jurisdiction, d.title AS document, m.path, p.heading, m.name,
    d.id || ':' || m.path || ':programme:' || m.code AS id
FROM programmes m JOIN documents d USING (document) LEFT JOIN provisions p USING (provision)
    LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction;

-- The instruments that are cited but not held, most cited first.
CREATE VIEW v_missing_instruments AS
SELECT title, doc_number, kind, documents, citations, id FROM instruments WHERE NOT held ORDER BY documents DESC, citations DESC, title;
