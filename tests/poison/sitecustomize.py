"""Pages that do harm, for tests/test_batch.py: no real page is known that crashes, hangs or fills memory.

Python reads this file at its start when its folder is on PYTHONPATH. A text that holds one of the words below does to
the process that makes it what the word says.
"""

import os
import signal
import sys
import time


def harm(text):
    """What the words do."""
    if b"POISON-CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"POISON-HANG" in text:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        while True:
            pass
    if b"POISON-MEMORY" in text:
        hoard = [bytearray(1 << 24) for _ in range(1 << 20)]
        assert hoard
    if b"SLOW" in text:
        time.sleep(0.2)


if "-m" in sys.orig_argv and "edition.batch.server" in sys.orig_argv:
    from edition import build

    innocent = build.make

    def make(witness, *rest):
        harm(witness.text)
        return innocent(witness, *rest)

    build.make = make
