// Keys under which measures with the same words meet.
CREATE CONSTRAINT unit_band IF NOT EXISTS FOR (n:UnitBand) REQUIRE n.band IS UNIQUE;
CREATE INDEX document_traced IF NOT EXISTS FOR (n:Document) ON (n.traced);
CREATE INDEX compared_method IF NOT EXISTS FOR ()-[r:COMPARED]-() ON (r.method);
