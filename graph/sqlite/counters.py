"""Counts of systems and departments, kept as documents come and go: a recount would grow with the store."""

from __future__ import annotations

import apsw

DUTIES = """
SELECT department, count(*) AS duties FROM responsibilities WHERE document = ?1 GROUP BY department"""

NAMES = """
SELECT department, name, body, count(*) AS uses FROM (
    SELECT department, name, body FROM responsibilities WHERE document = ?1
    UNION ALL SELECT department, name, body FROM issuers WHERE document = ?1)
GROUP BY department, name, body"""

SERVED = """
WITH RECURSIVE issued (department, system, rest) AS (
    SELECT department, NULL, systems || '+' FROM issuers WHERE document = ?1 AND systems <> ''
    UNION ALL SELECT department, substr(rest, 1, instr(rest, '+') - 1), substr(rest, instr(rest, '+') + 1)
    FROM issued WHERE rest <> '')
SELECT department, system, count(*) AS uses FROM (
    SELECT r.department, s.system FROM responsibilities r JOIN responsibility_systems s USING (responsibility)
        WHERE r.document = ?1
    UNION ALL SELECT department, system FROM issued WHERE system IS NOT NULL)
GROUP BY department, system"""
"""Each department of a document with the systems that it is said to serve; an issuer's are joined by +."""

SYSTEMS = """
SELECT system, count(*) AS duties FROM responsibility_systems WHERE document = ?1 GROUP BY system"""

COUNT = (
    f"""INSERT INTO systems (system, duties, documents) SELECT system, duties, 1 FROM ({SYSTEMS}) WHERE true
        ON CONFLICT (system) DO UPDATE SET duties = duties + excluded.duties, documents = documents + 1""",
    f"""UPDATE departments SET duties = departments.duties + n.duties, documents = documents + 1
        FROM ({DUTIES}) n WHERE n.department = departments.department""",
    f"""INSERT INTO department_names SELECT department, name, body, uses FROM ({NAMES}) WHERE true
        ON CONFLICT DO UPDATE SET uses = uses + excluded.uses""",
    f"""INSERT INTO department_systems SELECT department, system, uses FROM ({SERVED}) WHERE true
        ON CONFLICT DO UPDATE SET uses = uses + excluded.uses""",
)

DISCOUNT = (
    f"""UPDATE systems SET duties = systems.duties - n.duties, documents = documents - 1
        FROM ({SYSTEMS}) n WHERE n.system = systems.system""",
    f"""UPDATE departments SET duties = departments.duties - n.duties, documents = documents - 1
        FROM ({DUTIES}) n WHERE n.department = departments.department""",
    f"""UPDATE department_names SET uses = department_names.uses - n.uses FROM ({NAMES}) n
        WHERE n.department = department_names.department AND n.name = department_names.name
        AND n.body = department_names.body""",
    f"""UPDATE department_systems SET uses = department_systems.uses - n.uses FROM ({SERVED}) n
        WHERE n.department = department_systems.department AND n.system = department_systems.system""",
)

CLEAR = (
    "DELETE FROM systems WHERE documents = 0",
    "DELETE FROM department_names WHERE uses = 0 AND department IN (SELECT department FROM departments WHERE stale)",
    "DELETE FROM department_systems WHERE uses = 0 AND department IN (SELECT department FROM departments WHERE stale)",
)

STALE = """
UPDATE departments SET stale = 1 WHERE NOT stale AND department IN (
    SELECT department FROM responsibilities WHERE document = ?1 UNION SELECT department FROM issuers WHERE document = ?1)"""


def count_document(db: apsw.Connection, document: int) -> None:
    """Add what a document just written brings."""
    for sql in COUNT:
        db.execute(sql, (document,))


def discount_document(db: apsw.Connection, document: int) -> None:
    """Take away what a document brought, before its rows go."""
    db.execute(STALE, (document,))
    for sql in DISCOUNT:
        db.execute(sql, (document,))
    for sql in CLEAR:
        db.execute(sql)
