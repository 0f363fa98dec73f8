"""The process that makes pages: tasks come in as pickles on standard input, replies go out on standard output.

It is started by `keeper`, dies with it (its standard input ends), and guards itself: an alarm of the operating system
ends it when a page takes too long, even where no Python code runs any more, and its address space is limited. So
whatever a page does to it, nothing but that page is lost.
"""

import pickle
import re
import resource
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

from edition import build, files, words
from edition.batch.tasks import BINS, BookTask, Bound, Made, PageTask, Refused, Reply, Task
from edition.build import Normalised, Work
from edition.errors import SourceError
from edition.findings import Finding

_ITEM, _CERT = re.compile(rb'<div type="(?!sub)[a-z]+" xml:id="L'), re.compile(rb' cert="([01](?:\.[0-9]+)?)"')


def main() -> int:
    """Answer until the input ends; gives the exit code."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that a library prints may come between the replies
    megabytes: int = pickle.load(source)
    limit = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    files.collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    _serve(source, answers)
    return 0


def _serve(source: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            asked: tuple[int, Task] = pickle.load(source)
        except EOFError:
            return
        seconds, task = asked
        signal.setitimer(signal.ITIMER_REAL, seconds)  # no handler: it ends the process
        reply = answer(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        pickle.dump(reply, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def answer(task: Task) -> Reply:
    """What becomes of a task. What a page can cause is a reply; MemoryError is one too."""
    match task:
        case PageTask():
            return _guarded(task.witness.name, lambda: _page(task))
        case BookTask():
            return _guarded(task.folder.name, lambda: _books(task))


def _guarded(where: str, make: Callable[[], Reply]) -> Reply:
    try:
        return make()
    except MemoryError:
        return Refused(Finding("P-002", where, "it needs more memory than --memory-limit allows"))
    except Exception as error:  # a page that cannot be made, or a defect met on it, must not cost the others
        return Refused(build.failure(error, where))


def _page(task: PageTask) -> Made:
    made = build.make(task.witness, task.page, task.config, task.clock, words.load())
    certs = [float(cert) for cert in _CERT.findall(made.tei)]
    doubts = [0] * BINS
    for cert in certs:
        doubts[min(BINS - 1, int(cert * BINS))] += 1
    items, errors = len(_ITEM.findall(made.tei)), round(sum(1 - cert for cert in certs), 2)
    return Made(made.tei, made.findings, items, tuple(doubts), errors)


def _books(task: BookTask) -> Bound:
    def made(one: Work) -> Normalised:
        text = one.relative.as_posix()
        if text in task.failed:
            raise SourceError(task.failed[text].message, where=task.failed[text].where)
        return Normalised(files.read(task.pages / one.relative.with_suffix(".xml")), task.findings[text])

    job = build.job_of(task.folder, maker=made)
    done = build.carry_out(job, task.out, task.only, force=task.force, report=lambda line: None)
    return Bound(tuple(done.files), done.up_to_date)


if __name__ == "__main__":
    sys.exit(main())
