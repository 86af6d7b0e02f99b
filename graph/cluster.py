"""The first half of an ingest on a Ray cluster: each document a task, vectors by actors that keep their model.

Nodes need Python, Ray and the libraries of requirements-core.txt in the versions pinned here; this checkout's code and
reference data are sent to them, so that every node reads as this machine would.

::

    ClusterError
    ├── ClusterMissingError   Ray is not installed here
    └── ClusterAwayError      the cluster does not answer, or does not any more
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import socket
import warnings
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import settings
from graph.extracting import AHEAD, Input, Output, completed, extract_bare, failed, in_order, with_vectors

SCHEME = "ray"
PORT = 10001
"""Where a cluster takes clients unless it was told otherwise."""
RETRIES = 3
"""How often a document is taken up again after its node or process has died."""
LEAST_AHEAD = 64
CORES_FOR_ONE_MODEL = 8
"""On nodes without GPU: an actor embeds what so many cores extract."""
SHIPPED = ("settings.py", "ingest", "graph", "data")
SENT_ALONG = (settings.READ_SECONDS, settings.READ_MEMORY, settings.READ_SIZE, settings.DEVICE)
"""Settings that the nodes must share: limits of reading, the device of a model."""
INSTALL_THERE = "Install requirements-core.txt and requirements-ray.txt on every node."
LOST = f"every process that read it ended ({RETRIES + 1} tries on the cluster). Leave it out."


class ClusterError(Exception):
    """Base of all. The message says what is wrong and what to do."""


class ClusterMissingError(ClusterError):
    """The library is an extra."""

    def __init__(self) -> None:
        super().__init__("Ray is not installed. Run: .venv/bin/pip install -r requirements-ray.txt")


class ClusterAwayError(ClusterError):
    """Nobody answers at the address, or the connection was lost."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"{address}: the cluster does not answer ({reason}). Check the address, its token (RAY_AUTH_TOKEN) and that it "
            "runs (ray status), and give the same command again: it goes on where it stopped."
        )


def extract_on(address: str, inputs: Iterable[Input], model: str = "") -> Iterator[Output]:
    """Outputs in the order of the inputs. Raises ClusterError.

    With a ``model`` they have vectors; where an actor has died over one, it comes without, and the store's process makes them.
    """
    with _connected(address) as ray:
        work = _Work(ray, model)
        try:
            yield from in_order(inputs, work.submit, work.result, work.most)
        except ConnectionError as error:
            raise ClusterAwayError(address, _first_line(error)) from error


class _Work:
    """What is under way on a cluster."""

    def __init__(self, ray: Any, model: str) -> None:
        cores = int(ray.cluster_resources().get("CPU", 1))
        self.most = max(LEAST_AHEAD, cores * AHEAD)
        self._ray = ray
        self._extract = ray.remote(num_cpus=1, max_retries=RETRIES, scheduling_strategy="SPREAD")(extract_bare)
        self._actors = itertools.cycle(_actors(ray, model, cores)) if model else None

    def submit(self, given: Input) -> tuple[Any, ...]:
        """Promises of the output: with its vectors where these are wanted, then without."""
        bare = self._extract.remote(given)
        return (next(self._actors).embed.remote(bare), bare) if self._actors else (bare,)

    def result(self, given: Input, promised: tuple[Any, ...]) -> Output:
        """The best of the promises that was kept."""
        for promise in promised:
            with contextlib.suppress(self._ray.exceptions.RayError):
                return completed(given, self._ray.get(promise))
        return failed(given, LOST)


class Embedding:
    """A model in the memory of a node."""

    def __init__(self, model: str) -> None:
        self._model = model

    def name(self) -> str:
        """The name of the model, once it is loaded."""
        from ingest.embedding import load

        return load(self._model).name

    def embed(self, output: Output) -> Output:
        """The same output with vectors."""
        return with_vectors(output, self._model)


def _actors(ray: Any, model: str, cores: int) -> list[Any]:
    """One for each free GPU, else a few on the processors; the built-in model needs no GPU. Raises ClusterError."""
    has_gpus = model != settings.MODEL.default and ray.cluster_resources().get("GPU", 0) >= 1
    count = int(ray.available_resources().get("GPU", 0)) if has_gpus else cores // CORES_FOR_ONE_MODEL
    # Without GPU an actor asks for no core of its own: on a cluster of one core nothing else could run beside it.
    options = {"num_gpus": 1} if has_gpus else {"num_cpus": 0, "scheduling_strategy": "SPREAD"}
    made = ray.remote(max_restarts=-1, max_task_retries=RETRIES, **options)(Embedding)
    actors = [made.remote(model) for _ in range(max(1, count))]
    try:
        ray.get([actor.name.remote() for actor in actors])
    except ray.exceptions.RayError as error:
        raise ClusterError(f"The model {model} cannot be loaded on the cluster: {_reason(error)}") from error
    return actors


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    """The library, connected as a client."""
    try:
        import ray
    except ImportError as error:
        raise ClusterMissingError from error
    _reach(address)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # said while it waits; the error says the same
            client = ray.init(address, runtime_env=environment(), log_to_driver=False, logging_level=logging.ERROR)
    except Exception as error:  # the library raises many kinds: refused, other versions, a code that cannot be sent
        raise ClusterAwayError(address, _first_line(error)) from error
    with client:
        _check_version(ray, address)
        yield ray


def version_here() -> str:
    """The version of the extractor of the process that this is called in."""
    from ingest.extract import extractor_version

    return extractor_version()


def _check_version(ray: Any, address: str) -> None:
    """Raise where the nodes would read otherwise than this machine: records of two versions must not be mixed unseen."""
    try:
        there = ray.get(ray.remote(num_cpus=0)(version_here).remote())
    except ray.exceptions.RayError as error:
        raise ClusterError(f"{address}: the nodes cannot run the code: {_reason(error)}. {INSTALL_THERE}") from error
    if there != version_here():
        raise ClusterError(f"{address}: the nodes run another version of the code ({there}, here {version_here()}).")


def _reach(address: str) -> None:
    """Raise at once where nobody listens: the library itself tries for half a minute."""
    parts = urlsplit(address)
    try:
        if parts.scheme != SCHEME or not parts.hostname:
            raise ClusterError(f"{address}: no cluster of this kind. Give ray://HOST:PORT (PORT mostly {PORT}).")
        socket.create_connection((parts.hostname, parts.port or PORT), timeout=5).close()
    except (OSError, ValueError) as error:
        raise ClusterAwayError(address, _first_line(error)) from error


def environment() -> dict[str, Any]:
    """What the nodes get: the code and data that extraction depends on, and the settings in force here."""
    return {
        "working_dir": str(settings.ROOT),
        "excludes": [f"/{path.name}" for path in settings.ROOT.iterdir() if path.name not in SHIPPED],
        "env_vars": {setting.variable: setting.value for setting in SENT_ALONG if setting.value},
    }


def _reason(error: BaseException) -> str:
    """What went wrong on a node, without the way there."""
    return _first_line(getattr(error, "cause", None) or error)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
