"""Bring counts and names of shared rows up to date, and remove those that nothing mentions any more."""

from __future__ import annotations

import apsw

# The official name of the newest text, where texts of several days give several.
NAME_DEPARTMENTS = """
UPDATE departments SET stale = 0, name = CASE
    WHEN (SELECT count(DISTINCT body) FROM department_names n WHERE n.department = departments.department) = 1
    THEN (SELECT min(body) FROM department_names n WHERE n.department = departments.department)
    ELSE (SELECT body FROM (
        SELECT r.body, d.dated FROM responsibilities r JOIN documents d USING (document)
            WHERE r.department = departments.department
        UNION ALL SELECT i.body, d.dated FROM issuers i JOIN documents d USING (document)
            WHERE i.department = departments.department)
        ORDER BY dated DESC, body LIMIT 1) END
WHERE stale"""

DROP_DEPARTMENTS = """
DELETE FROM departments WHERE stale
    AND NOT EXISTS (SELECT 1 FROM department_names n WHERE n.department = departments.department)"""

DROP_WORKS = """
DELETE FROM works WHERE instrument IN (SELECT instrument FROM instruments WHERE stale)
    AND NOT EXISTS (SELECT 1 FROM citations c WHERE c.work = works.work)
    AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.work = works.work)
    AND NOT EXISTS (SELECT 1 FROM known_instruments k WHERE k.work = works.work)"""

DROP_INSTRUMENTS = """
DELETE FROM instruments WHERE stale AND NOT EXISTS (SELECT 1 FROM works w WHERE w.instrument = instruments.instrument)"""

# The title most often used, then the longest; the kind most often given.
RECOUNT_INSTRUMENTS = """
UPDATE instruments SET stale = 0,
    citations = (SELECT count(*) FROM works w JOIN citations c USING (work) WHERE w.instrument = instruments.instrument),
    documents = (SELECT count(DISTINCT c.document) FROM works w JOIN citations c USING (work)
        WHERE w.instrument = instruments.instrument),
    held = EXISTS (SELECT 1 FROM works w JOIN documents d USING (work) WHERE w.instrument = instruments.instrument),
    title = coalesce((SELECT w.title FROM works w JOIN citations c USING (work) WHERE w.instrument = instruments.instrument
            AND w.title <> '' GROUP BY w.title ORDER BY count(*) DESC, length(w.title) DESC, w.title LIMIT 1),
        (SELECT w.title FROM works w WHERE w.instrument = instruments.instrument AND w.title <> ''
            ORDER BY length(w.title) DESC, w.title LIMIT 1),
        (SELECT max(w.doc_number) FROM works w WHERE w.instrument = instruments.instrument)),
    doc_number = (SELECT nullif(max(w.doc_number), '') FROM works w WHERE w.instrument = instruments.instrument),
    kind = coalesce((SELECT c.kind FROM works w JOIN citations c USING (work) WHERE w.instrument = instruments.instrument
        GROUP BY c.kind ORDER BY count(*) DESC, c.kind LIMIT 1), 'policy')
WHERE stale"""

# From the leaves up: a place goes when neither a document nor a department nor a place below it is left.
DROP_PLACES = """
DELETE FROM jurisdictions WHERE
    NOT EXISTS (SELECT 1 FROM documents d WHERE d.jurisdiction = jurisdictions.jurisdiction)
    AND NOT EXISTS (SELECT 1 FROM departments b WHERE b.jurisdiction = jurisdictions.jurisdiction)
    AND NOT EXISTS (SELECT 1 FROM jurisdictions below WHERE below.parent = jurisdictions.jurisdiction)"""


def relink(db: apsw.Connection) -> None:
    """Recount what documents loaded or removed since the last time touched. Inside the caller's transaction."""
    db.execute(DROP_DEPARTMENTS)
    db.execute(NAME_DEPARTMENTS)
    _drop_works(db)
    db.execute(RECOUNT_INSTRUMENTS)


def is_stale(db: apsw.Connection) -> bool:
    """Whether anything waits for ``relink``."""
    sql = "SELECT EXISTS (SELECT 1 FROM departments WHERE stale) OR EXISTS (SELECT 1 FROM instruments WHERE stale)"
    return bool(db.execute(sql).get)


def drop_places(db: apsw.Connection) -> None:
    """Remove the places that nothing stands in any more."""
    while True:
        db.execute(DROP_PLACES)
        if not db.changes():
            return


def _drop_works(db: apsw.Connection) -> None:
    """Remove unused works; a title that loses a number may now stand for the one that is left."""
    from graph.sqlite.registering import assign_instruments

    titles = "SELECT title FROM works WHERE title <> '' AND instrument IN (SELECT instrument FROM instruments WHERE stale)"
    left = [title for (title,) in db.execute(titles)]
    db.execute(DROP_WORKS)
    if db.changes():
        for title in left:
            works = {row for (row,) in db.execute("SELECT work FROM works WHERE title = ?", (title,))}
            assign_instruments(db, works)
    db.execute(DROP_INSTRUMENTS)
