"""Real readers and browsers for the tests: Node scripts in `tests/browser`, which drive Debian's Chromium.

`make test` installs all of it. Nothing here skips: where a part is missing, the test fails and says what to run.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

from PIL import Image, ImageStat

HERE = Path(__file__).parent / "browser"
INSTALL = "run `make readers` (or `make test`, which does)"


def run(script, /, *, timeout=120, **task):
    """What a script of `tests/browser` found out: `task` goes in as JSON, its JSON comes back."""
    done = _start(["node", HERE / script, json.dumps(task, default=str)], timeout)
    assert done.returncode == 0, f"{script}: {done.stderr}"
    return json.loads(done.stdout)


def ace(book, report):
    """What DAISY Ace finds wrong with an EPUB: its failed assertions, one string each; the report goes to `report`."""
    command = [HERE / "node_modules/.bin/ace-cli", "--silent", "--force", "--outdir", report, book]
    done = _start(command, 300)
    path = Path(report) / "report.json"
    assert path.is_file(), f"Ace gave no report: {done.stdout}{done.stderr}"
    whole = json.loads(path.read_bytes())
    return [
        f"{tested['earl:testSubject']['url']}: {one['earl:test']['dct:title']}: {one['earl:result']['dct:description']}"
        for tested in whole["assertions"]
        for one in tested["assertions"]
    ], whole


def _start(command, timeout):
    chromium = shutil.which("chromium")
    assert chromium and shutil.which("node"), f"chromium or node is missing: {INSTALL}"
    assert (HERE / "node_modules" / ".installed").is_file(), f"the readers are not installed: {INSTALL}"
    env = {
        **os.environ,
        "CHROMIUM": chromium,
        "PUPPETEER_EXECUTABLE_PATH": chromium,
        "ACE_TIMEOUT_INITIAL": "60000",
    }
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=env)


def ink(path):
    """How much of a picture is not its background, in per cent: 0 for an empty page."""
    picture = Image.open(path).convert("L")
    paper = max(picture.getcolors(256), key=lambda pair: pair[0])[1]
    return 100 * ImageStat.Stat(picture.point(lambda value: 255 * (abs(value - paper) > 48))).mean[0] / 255
