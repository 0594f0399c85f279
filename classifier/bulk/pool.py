"""Worker processes: pieces of work in, results out in the same order."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import parent_process
from typing import Any, TypeVar

from classifier.errors import BulkError
from classifier.platforms import most_workers, one_thread_each

_WAITING = 2  # chunks a worker may have before it

Mark = TypeVar("Mark")
Work = TypeVar("Work")
Outcome = TypeVar("Outcome")

_worker: Callable[[Any], Any] | None = None


def run_here(
    worker: Callable[[Work], Outcome], chunks: Iterable[tuple[Mark, Work]]
) -> Generator[tuple[Mark, Outcome], None, None]:
    """Do the work in this process. Each piece comes with a mark that is handed back with its result."""
    for mark, chunk in chunks:
        yield mark, worker(chunk)


def run_in_processes(
    make: Callable[[], Callable[[Work], Outcome]], chunks: Iterable[tuple[Mark, Work]], workers: int
) -> Generator[tuple[Mark, Outcome], None, None]:
    """Do the work in processes of their own, each with the worker that `make` gives there; all must be picklable.

    Raises BulkError where one of them dies.
    """
    context = multiprocessing.get_context("spawn")
    with one_thread_each():
        pool = ProcessPoolExecutor(most_workers(workers), context, _begin, (make,))
        waiting: deque[tuple[Mark, Future[Outcome]]] = deque()
        try:
            for mark, chunk in chunks:
                waiting.append((mark, pool.submit(_score, chunk)))
                if len(waiting) > _WAITING * workers:
                    yield _next_outcome(waiting)
            while waiting:
                yield _next_outcome(waiting)
        except BrokenProcessPool as error:
            raise BulkError("a worker process was ended from outside (is there too little memory?)") from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _next_outcome(waiting: deque[tuple[Mark, Future[Outcome]]]) -> tuple[Mark, Outcome]:
    mark, future = waiting.popleft()
    return mark, future.result()


def _begin(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _worker  # noqa: PLW0603 - a worker process has one model
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process says when to stop
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = make()


def _end_with_parent() -> None:
    """Leave when the main process is gone, killed perhaps, and nobody would take the results."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _score(chunk: Any) -> Any:
    if _worker is None:
        raise BulkError("the worker process has no model")
    return _worker(chunk)
