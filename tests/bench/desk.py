"""How fast the editor's desk answers: from the key to the page shown anew, on a page of 10,000 characters, in a real browser.

    python tests/bench/desk.py [ACTS]

Prints the median and the slowest of so many acts (default 30; every third takes the last one back and is told apart) in
milliseconds of wall time, and the median CPU time of the server's part alone (the act tried on the whole page with its laws, written, and the page made for the browser).
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import browsing
from test_desk import desk

from edition import files
from edition.review.desk import Desk

SEEDS = Path(__file__).parents[2] / "seeds"
CHARS = 10_000


def text():
    """The lines of the sample pages, one page after another, up to so many characters."""
    lines, chars = [], 0
    for line in "\n\n\n".join(path.read_text() for path in sorted(SEEDS.glob("*.txt"))).split("\n"):
        lines.append(line)
        chars += len(line)
        if chars >= CHARS:
            break
    return "\n".join(lines) + "\n"


def in_the_browser(source, acts):
    """Milliseconds from a key to the page shown anew, for each act."""
    with desk(source) as (address, _):
        return browsing.run("desk.mjs", url=address, who="bench", steps=[("timed", acts)], timeout=600)["seen"][0]


def of_the_server(source, acts):
    """CPU seconds of an act and of its undoing."""
    here, spent = Desk(source), []
    page = here.page(1)
    heads = [block["at"] for node in page["nodes"] for block in node["blocks"] if block["role"] == "headline"]
    for turn in range(acts):
        begun = time.process_time()
        page = here.act(
            1, page["version"], [{"kind": "role", "at": heads[turn % len(heads)], "role": "kicker"}], "bench"
        )
        spent.append(time.process_time() - begun)
        page = here.undo(1, page["version"])
    return spent


def main():
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    files.collect_seldom()  # as the desk's own process does
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        (source / "a.txt").write_text(text())
        server = of_the_server(source, acts)
        (source / "a.decisions.toml").unlink(missing_ok=True)
        spent = in_the_browser(source, acts)
    undone = spent[2::3]
    browser = [one for turn, one in enumerate(spent) if turn % 3 != 2]
    print(f"desk, page of {CHARS} characters, {acts} acts:")
    print(f"  key to page, wall   median {statistics.median(browser):.0f} ms, slowest {max(browser):.0f} ms")
    print(f"  taken back, wall    median {statistics.median(undone):.0f} ms, slowest {max(undone):.0f} ms")
    print(
        f"  server alone, CPU   median {1000 * statistics.median(server):.0f} ms, slowest {1000 * max(server):.0f} ms"
    )


if __name__ == "__main__":
    main()
