// Texts that are nearly the same: the keys by which they are found, and what a reader decided of two files.
CREATE CONSTRAINT band_key IF NOT EXISTS FOR (n:Band) REQUIRE n.band IS UNIQUE;
CREATE CONSTRAINT decision_key IF NOT EXISTS FOR (n:LikenessDecision) REQUIRE n.key IS UNIQUE;
CREATE INDEX decision_one IF NOT EXISTS FOR (n:LikenessDecision) ON (n.one);
CREATE INDEX decision_other IF NOT EXISTS FOR (n:LikenessDecision) ON (n.other);
CREATE INDEX likeness_order IF NOT EXISTS FOR ()-[r:NEARLY_SAME]-() ON (r.likeness);
