"""The connection to a server: a pool, retries, time limits, and errors that say what to do."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from graph.errors import StoreAwayError, StoreRefusedError
from graph.neo4j.address import Address

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

T = TypeVar("T")

POOL = 20
CONNECT_SECONDS = 5.0
WAIT_SECONDS = 20.0
"""How long a call waits for a free connection."""
RETRY_SECONDS = 15.0
READ_SECONDS = 60.0
WRITE_SECONDS = 600.0
KEEP_PLAN = "CYPHER replan=skip "
"""Before a statement that starts from unique keys: it is planned once, and not again whenever the store has grown by a half."""
AWAIT_INDEXES = "CALL db.awaitIndexes(300)"
EXPLAIN = "EXPLAIN "
REFUSED = ("Security.", "Database.DatabaseNotFound")


class Server:
    """One server as this process uses it. Safe to use from several threads; made after a fork, never before."""

    def __init__(self, address: Address) -> None:
        import neo4j

        self.address = address
        self._inside = threading.local()
        self._driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=address.auth,
            max_connection_pool_size=POOL,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=WAIT_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_min_severity="OFF",
            user_agent="zhengmai",
        )

    def read(self, work: Callable[[ManagedTransaction], T]) -> T:
        """What ``work`` reads in one transaction; a call inside another joins it."""
        outer: ManagedTransaction | None = getattr(self._inside, "transaction", None)
        if outer is not None:
            return work(outer)
        return self._managed(work, write=False)

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """What ``work`` returns after its one transaction; it is run again when the server asks for that."""
        return self._managed(work, write=True)

    def schema(self, statement: str) -> None:
        """A statement that must stand alone (indexes and constraints)."""
        with self._translated(), self._driver.session(database=self.address.database) as session:
            session.run(statement).consume()

    def rows(self, query: str, **values: Any) -> list[Any]:
        """The rows of one query, each a list of its values. Alone it costs one round trip; tried again as by ``read``."""
        outer: ManagedTransaction | None = getattr(self._inside, "transaction", None)
        if outer is not None:
            return rows(outer, query, **values)
        found = self._alone(query, values)
        return self.read(lambda transaction: rows(transaction, query, **values)) if found is None else found

    def one(self, query: str, **values: Any) -> Any:
        """The first value of the first row, null when there is none."""
        found = self.rows(query, **values)
        return found[0][0] if found else None

    def explained(self, statement: str) -> tuple[str | None, Any]:
        """The type of a statement (``r``: it only reads) and its plan; it is not run."""
        from neo4j import READ_ACCESS, Query

        given = Query(f"{EXPLAIN}{statement}", timeout=READ_SECONDS)
        with self._translated(), self._driver.session(database=self.address.database, default_access_mode=READ_ACCESS) as one:
            summary = one.run(given).consume()
            return summary.query_type, summary.plan

    def stream(self, statement: str, seconds: float, take: Callable[[tuple[Any, ...]], bool]) -> tuple[str, ...]:
        """Run a statement for reading and hand each row to ``take`` until it refuses one; the names of the columns."""
        from neo4j import READ_ACCESS

        session = self._driver.session(database=self.address.database, default_access_mode=READ_ACCESS, fetch_size=200)
        with self._translated(), session, session.begin_transaction(timeout=seconds) as transaction:
            result = transaction.run(statement)
            for record in result:
                if not take(tuple(record.values())):
                    break
            return tuple(result.keys())

    def close(self) -> None:
        self._driver.close()

    def _alone(self, query: str, values: dict[str, Any]) -> list[Any] | None:
        """The rows of a query without a transaction around it; null when the server asks for another try."""
        from neo4j import READ_ACCESS, Query
        from neo4j.exceptions import DriverError, Neo4jError

        database, given = self.address.database, Query(query, timeout=READ_SECONDS)
        with self._translated():
            try:
                with self._driver.session(database=database, default_access_mode=READ_ACCESS, fetch_size=2_000) as session:
                    return session.run(given, values).values()
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable():
                    raise
                return None

    def _managed(self, work: Callable[[ManagedTransaction], T], write: bool) -> T:
        from neo4j import unit_of_work

        @unit_of_work(timeout=WRITE_SECONDS if write else READ_SECONDS)
        def run(transaction: ManagedTransaction) -> T:
            self._inside.transaction = transaction
            try:
                return work(transaction)
            finally:
                self._inside.transaction = None

        with self._translated(), self._driver.session(database=self.address.database, fetch_size=2_000) as session:
            return session.execute_write(run) if write else session.execute_read(run)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """The driver's errors as the store's; what it warns of when it gives up is in the error."""
        from neo4j import exceptions as errors

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                yield
        except (errors.ServiceUnavailable, errors.SessionExpired, errors.ConnectionAcquisitionTimeoutError, OSError) as error:
            raise StoreAwayError(self.address.shown, _short(error)) from error
        except errors.Neo4jError as error:
            if any(word in (error.code or "") for word in REFUSED):
                raise StoreRefusedError(self.address.shown, error.message or _short(error)) from error
            raise


def rows(transaction: ManagedTransaction, query: str, **values: Any) -> list[Any]:
    """The rows of one query inside a transaction."""
    return transaction.run(query, values).values()


def _short(error: BaseException) -> str:
    return str(error).splitlines()[0].strip()[:200] if str(error) else type(error).__name__
