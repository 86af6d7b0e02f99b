// Lists of instruments: an entry is NAMED by a work and found by its forms.
CREATE CONSTRAINT known_key IF NOT EXISTS FOR (n:KnownInstrument) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT bibliography_name IF NOT EXISTS FOR (n:Bibliography) REQUIRE n.listed_in IS UNIQUE;
CREATE CONSTRAINT form_text IF NOT EXISTS FOR (n:Form) REQUIRE n.form IS UNIQUE;
CREATE INDEX known_list IF NOT EXISTS FOR (n:KnownInstrument) ON (n.listed_in);
