"""The EPUB measured: TEI to EPUB beside pandoc and plain ebooklib, and a large edition under the real checkers.

usage: epubs.py [RUNS]      run by `make bench`

The pages are made of the benchmark's articles (see `articles`), with their structure as it is known, and written as
TEI; all three programs get the same articles. Whole processes are measured: CPU seconds of user and system with those
of their children, peak memory; medians of RUNS. `warm` is the time inside one process after two books.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import articles
from bench import row

sys.path.insert(0, str(Path(__file__).parents[1]))
import browsing
import epubcheck

from edition.model.document import Byline, Edition, Head, Item, Paragraph
from edition.model.header import Header, Issue, Source
from edition.model.inline import PieceStart, Text
from edition.tei import write

ROOT = Path(__file__).parents[2]
A_PAGE = 20  # articles
MAKE = """
import sys, time
from pathlib import Path
from edition import build, config
settings = config.default("")
settings = __import__("dataclasses").replace(settings, epub=config.Epub(split=sys.argv[3]))
files = sorted(Path(sys.argv[1]).glob("*.xml"))
for run in range(int(sys.argv[4])):
    start = time.process_time()
    book = build.gather((path.name, path.read_bytes()) for path in files)
    made = build.epubs(book, settings, build.faces(settings))
    print(time.process_time() - start)
    for end, data in made.items():
        Path(sys.argv[2] + end).write_bytes(data)
"""
EBOOKLIB = """
import sys
from pathlib import Path
from ebooklib import epub
book = epub.EpubBook()
book.set_identifier("bench"); book.set_title("bench"); book.set_language("zh")
chapters = []
for number, path in enumerate(sorted(Path(sys.argv[1]).glob("*.md"))):
    for part, text in enumerate(path.read_text().split("## ")[1:]):
        head, *paragraphs = text.strip().split("\\n\\n")
        chapter = epub.EpubHtml(title=head, file_name=f"c{number}-{part}.xhtml", lang="zh")
        chapter.content = f"<h2>{head}</h2>" + "".join(f"<p>{p}</p>" for p in paragraphs)
        book.add_item(chapter); chapters.append(chapter)
book.toc = chapters
book.add_item(epub.EpubNcx()); book.add_item(epub.EpubNav())
book.spine = ["nav", *chapters]
epub.write_epub(sys.argv[2], book)
"""


def pages(count, folder):
    """Write `count` pages of A_PAGE articles each as TEI (NNNN.xml) and Markdown (NNNN.md)."""
    pool = [article for part in articles.PARTS for article in articles.pool(part)]
    folder.mkdir()
    for number in range(1, count + 1):
        some = [pool[(number * A_PAGE + at) % len(pool)] for at in range(A_PAGE)]
        (folder / f"{number:04d}.xml").write_bytes(write.write(_page(some, number)))
        text = "\n\n".join(f"## {article.headline[0]}\n\n" + "\n\n".join(article.paragraphs) for article in some)
        (folder / f"{number:04d}.md").write_text(f"# 第{number}版\n\n{text}\n", encoding="utf-8")
    return folder


def _page(some, number):
    line = 0

    def content(text):
        nonlocal line
        line += 1
        return (PieceStart(line), Text(text))

    body = []
    for article in some:
        head = Head("main", content(article.headline[0]))
        blocks = [Paragraph(content(text)) for text in article.paragraphs]
        blocks += [Byline(content(f"（记者 {article.headline[0][:2]}）"))]
        body.append(Item("article", f"L{line}", (head,), tuple(blocks)))
    day = f"1998-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}"
    source = Source(f"{number:04d}.txt", "0" * 64, 0, line, "UTF-8", b"", "LF")
    header = Header("bench", "一月新闻", number, "zh-Hans", "2026-11-21T00:00:00Z", source, "han-fullwidth-2")
    return Edition(replace(header, issue=Issue("晨报", date=day, page=str(number))), tuple(body))


def making(folder, out, split="no", times=1):
    return [sys.executable, "-c", MAKE, folder, out, split, str(times)]


def beside(label, folder, work, runs):
    """A row for each program on the same pages."""
    row(f"edition, TEI to EPUB, {label}", lambda run: making(folder, work / f"{folder.name}-{run}"), runs)
    pandoc = ["pandoc", "-f", "markdown", "-M", "title=bench", "--toc", "--split-level=1"]
    old = "--split-level" not in subprocess.run(["pandoc", "--help"], capture_output=True, text=True).stdout
    pandoc[-1:] = ["--epub-chapter-level=1"] if old else pandoc[-1:]
    row(
        f"  peer: pandoc, Markdown to EPUB, {label}",
        lambda run: [*pandoc, *sorted(folder.glob("*.md")), "-o", work / "p.epub"],
        runs,
    )
    row(f"  peer: plain ebooklib, {label}", lambda run: [sys.executable, "-c", EBOOKLIB, folder, work / "l.epub"], runs)


def warm(label, folder, work, runs):
    """CPU seconds inside one process, the first two books left out."""
    out = subprocess.run(
        list(map(str, making(folder, work / "w", times=runs + 2))), capture_output=True, text=True, check=True
    )
    seconds = sorted(map(float, out.stdout.split()[2:]))
    print(
        f"{f'edition, TEI to EPUB, {label}, warm':<44} {statistics.median(seconds):7.2f} s CPU  (min {seconds[0]:.2f}, max {seconds[-1]:.2f})  n={runs}",
        flush=True,
    )


def check(book):
    """epubcheck, both reading engines, and Ace on a part: what each found wrong, and whether all entries were reached."""
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    run = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "-u", book], capture_output=True, text=True
    )
    print(f"  epubcheck: {re.search('Messages: .*', run.stdout)[0]}", flush=True)
    for engine in ("foliate", "epubjs"):
        seen = browsing.run("reading.mjs", timeout=1800, book=book, engine=engine)
        for name in ("entries", "pages"):
            reached = sum(entry["reached"] for entry in seen[name])
            print(
                f"  {engine}: {reached} of {len(seen[name])} {name} reached, {len(seen['errors'])} errors", flush=True
            )


def main(runs=5):
    work = Path(tempfile.mkdtemp())
    five = work / "five"
    five.mkdir()
    subprocess.run(
        [sys.executable, "-m", "edition", "build", ROOT / "seeds", "--only", "tei", "--out", work / "seeds"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for path in sorted((work / "seeds" / "tei").glob("*.xml")):
        path.rename(five / path.name)
    warm("the five sample pages", five, work, runs)
    thousand, part = pages(50, work / "thousand"), pages(3, work / "part")
    beside("1,000 articles", thousand, work, min(runs, 3))
    beside("10,000 articles", pages(500, work / "ten"), work, 1)
    row("edition, 10,000 articles in volumes", lambda run: making(work / "ten", work / "v", "auto"), 1)
    print("1,000 articles under the checkers:")
    check(work / "thousand-0.epub")
    subprocess.run(list(map(str, making(part, work / "part"))), check=True, stdout=subprocess.DEVNULL)
    failed, _ = browsing.ace(work / "part.epub", work / "ace")
    print(f"  Ace on 60 of them: {len(failed)} violations")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    main(*map(int, sys.argv[1:]))
