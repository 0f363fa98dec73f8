"""Where chunks are worked on: this machine (threads, each guarding a process of its own) or a Dask cluster.

Both take things one by one, keep a bounded number in hand, and give results as they come, in any order; so the memory
of the caller does not grow with the number of pages. An iterator that has nothing now is asked again after each result:
what is done may make more to do.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from concurrent.futures import Future as LocalFuture
from importlib import import_module
from itertools import islice
from typing import Any, Protocol, TypeVar

from edition.batch import keeper
from edition.errors import MissingTool, UsageError

In = TypeVar("In")
Out = TypeVar("Out")
_TRIES = 10  # of a chunk whose Dask worker died


class Engine(Protocol):
    """A place where a function is applied to many things."""

    workers: int

    def map(self, function: Callable[[In], Out], things: Iterable[In]) -> Iterator[Out]:
        """The results, in any order. An exception of the function is raised here."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


class Local:
    """This machine. `workers` threads; what they guard runs in as many processes."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="edition")

    def map(self, function: Callable[[In], Out], things: Iterable[In]) -> Iterator[Out]:
        """See Engine."""
        rest = iter(things)
        busy: set[LocalFuture[Out]] = {self._pool.submit(function, one) for one in islice(rest, 2 * self.workers)}
        try:
            while busy:
                done, busy = wait(busy, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
                room = 2 * self.workers - len(busy)
                busy |= {self._pool.submit(function, one) for one in islice(rest, room)}
        finally:
            for future in busy:
                future.cancel()

    def close(self) -> None:
        """See Engine."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        keeper.dismiss()


class Dask:
    """A running Dask scheduler. A chunk whose worker died is given to another one, ten times; then the run ends."""

    def __init__(self, scheduler: str) -> None:
        try:
            self._dask: Any = import_module("distributed")
        except ImportError:
            raise MissingTool("Dask is not installed", remedy="pip install 'edition[dask]'") from None
        try:
            self._client: Any = self._dask.Client(scheduler, timeout="20s")
        except (OSError, ValueError) as error:
            raise UsageError(
                f"no scheduler answers: {error}", where=scheduler, remedy="start one: dask scheduler"
            ) from None
        self.workers = sum(self._client.nthreads().values()) or 1

    def map(self, function: Callable[[In], Out], things: Iterable[In]) -> Iterator[Out]:
        """See Engine."""
        rest = iter(things)
        busy: dict[Any, tuple[In, int]] = {}
        queue = self._dask.as_completed()

        def give(one: In, tries: int) -> None:
            future = self._client.submit(function, one, pure=False)
            busy[future] = (one, tries)
            queue.add(future)

        for one in islice(rest, 2 * self.workers):
            give(one, 1)
        for future in queue:
            one, tries = busy.pop(future)
            try:
                result: Out = future.result()
            except self._dask.KilledWorker:
                if tries == _TRIES:
                    raise
                give(one, tries + 1)
                continue
            future.release()
            yield result
            for more in islice(rest, 2 * self.workers - len(busy)):
                give(more, 1)

    def close(self) -> None:
        """See Engine."""
        self._client.close()
