"""One build at a time on a folder of results. The lock is the operating system's: it ends with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edition.errors import OutputError, UsageError

NAME = ".edition.lock"


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """While this lasts no other build works on `out`. Raises UsageError if one does."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = open(out / NAME, "a+", encoding="utf-8")  # noqa: SIM115  # held as long as the build lasts
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}", where=str(out), remedy="choose another --out"
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = file.read().strip() or "unknown"
            raise UsageError(
                f"another build is at work here (process {who})",
                where=str(out),
                remedy="wait for it, or use another --out",
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()} on {os.uname().nodename}")
        file.flush()
        yield
