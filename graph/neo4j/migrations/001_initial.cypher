// Unique keys. Each statement ends with a semicolon at the end of its line and may be run again.
CREATE CONSTRAINT meta_name IF NOT EXISTS FOR (n:Meta) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT document_row IF NOT EXISTS FOR (n:Document) REQUIRE n.row IS UNIQUE;
CREATE CONSTRAINT provision_id IF NOT EXISTS FOR (n:Provision) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT target_id IF NOT EXISTS FOR (n:Target) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT programme_id IF NOT EXISTS FOR (n:Programme) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT department_id IF NOT EXISTS FOR (n:Department) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT system_code IF NOT EXISTS FOR (n:System) REQUIRE n.system IS UNIQUE;
CREATE CONSTRAINT jurisdiction_key IF NOT EXISTS FOR (n:Jurisdiction) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT instrument_id IF NOT EXISTS FOR (n:Instrument) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT work_key IF NOT EXISTS FOR (n:Work) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT correction_key IF NOT EXISTS FOR (n:Correction) REQUIRE n.key IS UNIQUE;

// Documents: the order of lists, and everything that they are looked up by.
CREATE INDEX document_order IF NOT EXISTS FOR (n:Document) ON (n.sort_key);
CREATE INDEX document_key IF NOT EXISTS FOR (n:Document) ON (n.key);
CREATE INDEX document_wording IF NOT EXISTS FOR (n:Document) ON (n.wording);
CREATE INDEX document_number IF NOT EXISTS FOR (n:Document) ON (n.doc_number);
CREATE INDEX document_address IF NOT EXISTS FOR (n:Document) ON (n.address);
CREATE INDEX document_place IF NOT EXISTS FOR (n:Document) ON (n.place);
CREATE INDEX document_level IF NOT EXISTS FOR (n:Document) ON (n.level);
CREATE INDEX document_kind IF NOT EXISTS FOR (n:Document) ON (n.kind);
CREATE INDEX document_dated IF NOT EXISTS FOR (n:Document) ON (n.dated);
CREATE INDEX document_changed IF NOT EXISTS FOR (n:Document) ON (n.changed);
CREATE INDEX document_extractor IF NOT EXISTS FOR (n:Document) ON (n.extractor);
CREATE INDEX document_embedded IF NOT EXISTS FOR (n:Document) ON (n.embedded);
CREATE INDEX document_work IF NOT EXISTS FOR (n:Document) ON (n.work);
CREATE INDEX document_conflicts IF NOT EXISTS FOR (n:Document) ON (n.conflicting);
CREATE INDEX source_address IF NOT EXISTS FOR (n:Source) ON (n.address);
CREATE INDEX source_sha256 IF NOT EXISTS FOR (n:Source) ON (n.sha256);

// Provisions and facts: in the order of documents (sort), and by document.
CREATE INDEX provision_role IF NOT EXISTS FOR (n:Provision) ON (n.role);
CREATE INDEX target_order IF NOT EXISTS FOR (n:Target) ON (n.sort);
CREATE INDEX target_document IF NOT EXISTS FOR (n:Target) ON (n.document);
CREATE INDEX programme_order IF NOT EXISTS FOR (n:Programme) ON (n.sort);
CREATE INDEX programme_document IF NOT EXISTS FOR (n:Programme) ON (n.document);
CREATE INDEX programme_name IF NOT EXISTS FOR (n:Programme) ON (n.name);
CREATE INDEX responsible_id IF NOT EXISTS FOR ()-[r:RESPONSIBLE]-() ON (r.id);
CREATE INDEX responsible_order IF NOT EXISTS FOR ()-[r:RESPONSIBLE]-() ON (r.sort);
CREATE INDEX responsible_document IF NOT EXISTS FOR ()-[r:RESPONSIBLE]-() ON (r.document);
CREATE INDEX responsible_system IF NOT EXISTS FOR ()-[r:RESPONSIBLE]-() ON (r.system);
CREATE INDEX cites_id IF NOT EXISTS FOR ()-[r:CITES]-() ON (r.id);
CREATE INDEX cites_order IF NOT EXISTS FOR ()-[r:CITES]-() ON (r.sort);
CREATE INDEX cites_document IF NOT EXISTS FOR ()-[r:CITES]-() ON (r.document);
CREATE INDEX cites_work IF NOT EXISTS FOR ()-[r:CITES]-() ON (r.work);

// Shared nodes: ranks put the weightiest first.
CREATE INDEX department_rank IF NOT EXISTS FOR (n:Department) ON (n.rank);
CREATE INDEX department_stale IF NOT EXISTS FOR (n:Department) ON (n.stale);
CREATE INDEX department_name IF NOT EXISTS FOR (n:Department) ON (n.name);
CREATE INDEX instrument_rank IF NOT EXISTS FOR (n:Instrument) ON (n.rank);
CREATE INDEX instrument_stale IF NOT EXISTS FOR (n:Instrument) ON (n.stale);
CREATE INDEX instrument_number IF NOT EXISTS FOR (n:Instrument) ON (n.doc_number);
CREATE INDEX jurisdiction_name IF NOT EXISTS FOR (n:Jurisdiction) ON (n.name);
CREATE INDEX jurisdiction_place IF NOT EXISTS FOR (n:Jurisdiction) ON (n.place);
CREATE INDEX jurisdiction_code IF NOT EXISTS FOR (n:Jurisdiction) ON (n.code);
CREATE INDEX work_title IF NOT EXISTS FOR (n:Work) ON (n.title);
CREATE INDEX work_number IF NOT EXISTS FOR (n:Work) ON (n.doc_number);
