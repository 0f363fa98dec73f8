"""Guards one process that makes pages (`server`): starts it, asks it, and tells what it died of.

A page is tried a second time when its process was ended from outside (killed, out of the machine's memory): that can
happen to an innocent page. A page that ran out of its own time is not tried again.
"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading

from edition.batch.tasks import Limits, Lost, Reply, Task

_TRIES = 3
_PATIENCE = 10  # seconds that a process may take to end once nothing more is asked


class Keeper:
    """One process, started when it is first asked; not for two threads at a time."""

    def __init__(self) -> None:
        self._megabytes = 0  # of the process that runs
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: Task, limits: Limits) -> Reply:
        """The reply to a task; `Lost` if it cost the process its life."""
        if limits.megabytes != self._megabytes:
            self.close()
        for _ in range(_TRIES):
            try:
                return self._ask(task, limits)
            except (EOFError, BrokenPipeError, ConnectionResetError, pickle.UnpicklingError):
                code = self.close()
                if code == -signal.SIGALRM:
                    return Lost(f"it took longer than {limits.seconds} s (--time-limit)")
        return Lost(f"its process ended with {_told(code)}, {_TRIES} times")

    def _ask(self, task: Task, limits: Limits) -> Reply:
        process = self._process or self._start(limits)
        assert process.stdin and process.stdout
        pickle.dump((limits.seconds, task), process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        reply: Reply = pickle.load(process.stdout)
        return reply

    def _start(self, limits: Limits) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "edition.batch.server"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin
        pickle.dump(limits.megabytes, self._process.stdin)
        self._megabytes = limits.megabytes
        return self._process

    def close(self) -> int:
        """End the process; gives its exit code (negative: the signal that ended it)."""
        process, self._process = self._process, None
        if process is None:
            return 0
        assert process.stdin and process.stdout
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        try:
            return process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _told(code: int) -> str:
    return f"signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"exit code {code}"


_OWN = threading.local()
_ALL: list[Keeper] = []  # of this process


def mine() -> Keeper:
    """The keeper of this thread (threads of one process must not share one; a forked process must not inherit one)."""
    keeper: Keeper | None = getattr(_OWN, "keeper", None)
    if keeper is None or getattr(_OWN, "pid", 0) != os.getpid():
        keeper = Keeper()
        _OWN.keeper, _OWN.pid = keeper, os.getpid()
        _ALL.append(keeper)
    return keeper


def dismiss() -> None:
    """End the processes of all keepers, and wait for them. To be called when no thread asks any more."""
    while _ALL:
        _ALL.pop().close()
