"""How fast a volume is set, and whether a thick one still conforms: pages a CPU second, beside three peers in the same run.

    ours        the PDF as `edition render` makes it (all rules of setting, tags, contents, running heads, PDF/A, PDF/UA)
    bare        unmodified WeasyPrint on the same HTML and CSS with the same tags
    typst       Typst on the same text with headings, contents and running heads
    chromium    Chromium printing the same HTML and CSS

Volumes are the sample pages, repeated; ours have fewer pages of the same text than the others, since a newspaper page may
begin where half a page is free. At the end stands what each page more takes in memory, from the thinnest to the thickest. Each figure is a process of its own (user and system time, peak memory), the
median of several runs, the peers between ours. Run by `make bench`; `volume.py one KIND TIMES PDF` makes one volume.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 3
THICK = 26  # times the sample pages: some 500 printed ones
BROWSER = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--no-pdf-header-footer",
]  # fmt: skip


def volume(folder, times):
    """The sample pages, `times` over, as one book."""
    from edition import build
    from edition.render.book import Book

    names = sorted((Path(folder) / "tei").glob("*.xml"))
    book = build.gather((path.name, path.read_bytes()) for path in names)
    pages = [page for _ in range(times) for page in book.pages]
    return Book(tuple(replace(page, number=number) for number, page in enumerate(pages, 1)))


def wishes(kind):
    from edition.render.format import Format

    plain = {
        "no-contents": ".contents { display: none }",
        "no-heads": "@page :left { @top-left { content: none } } @page :right { @top-right { content: none } }",
    }
    layout = "newspaper" if kind.endswith("newspaper") else "book"
    return Format(layout=layout, attach=not kind.endswith("no-tei"), css=plain.get(kind, ""))


def one(kind, folder, times, target):
    from edition.render import pdf

    book, wish = volume(folder, times), wishes(kind)
    if kind == "press":
        wish = replace(wish, press=Path("/usr/share/color/icc/ghostscript/default_cmyk.icc").read_bytes())
    if kind == "typst":
        return typst_volume(book, target)
    if kind == "chromium":
        return chromium_volume(book, wish, target)
    if kind.startswith("bare"):
        pdf.install = lambda: None
    Path(target).write_bytes(pdf.render(book, wish).pdf)


def typst_volume(book, target):
    import typst

    from edition.model.readings import printed
    from edition.model.walk import standing

    def escaped(text):
        return "".join("\\" + char if char in "\\#$*_`<>@[]~=-+/\"'" else char for char in text)

    rows = [
        "#set page(width: 184mm, height: 260mm, margin: (x: 20mm, y: 25mm), numbering: \"1\", header: context { document.title })",
        '#set text(font: "Noto Serif CJK SC", size: 10.5pt, lang: "zh")',
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7pt, spacing: 7pt)",
        '#set document(title: "volume")', "#outline(depth: 2)",
    ]  # fmt: skip
    for page in book.pages:
        rows.append("#pagebreak()\n= " + escaped(page.label))
        for one_ in standing(page.edition):
            text = escaped(printed(one_.content, page.header.width_policy, page.header.regime))
            rows.append(f"== {text}" if one_.role == "headline" else text)
    source = Path(target).with_suffix(".typ")
    source.write_text("\n\n".join(rows))
    typst.compile(source, output=target, font_paths=["/usr/share/fonts"])


def chromium_volume(book, wish, target):
    from edition.render.pdf import to_html
    from edition.render.sheet import stylesheet

    page = Path(target).resolve().with_suffix(".html")
    html = to_html(book, wish).decode().partition("?>")[2]
    page.write_text(html.replace("</head>", f"<style>{stylesheet(wish)}</style></head>"))
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [*BROWSER, f"--user-data-dir={home}", f"--print-to-pdf={target}", page.as_uri()],
            check=True,
            capture_output=True,
        )


def measured(kind, folder, times, target):
    """(pages, CPU seconds, MiB at the most) of making one volume."""
    import pypdfium2

    command = [sys.executable, __file__, "one", kind, str(folder), str(times), str(target)]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{kind} failed")
    return len(pypdfium2.PdfDocument(target)), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    from edition import build

    work = Path(tempfile.mkdtemp())
    build.build(ROOT / "seeds", work, ("tei",), force=True, report=lambda line: None)
    kinds = [
        "ours",
        "bare",
        "ours newspaper",
        "bare newspaper",
        "no-contents",
        "no-heads",
        "ours no-tei",
        "typst",
        "chromium",
    ]
    few = {kind: [] for kind in kinds}
    for run in range(RUNS):
        for kind in kinds:
            few[kind].append(measured(kind, work, 3, work / f"{run}.pdf"))
            print(f"  {run + 1}/{RUNS} {kind}: {few[kind][-1][1]:.2f} s CPU", file=sys.stderr, flush=True)
    for kind, figures in few.items():
        show(kind, figures)
    thin = {kind: few[kind][0] for kind in ("ours", "bare", "typst")}
    for times in (13, THICK):
        thick = {kind: measured(kind, work, times, work / f"{kind}-{times}.pdf") for kind in thin}
        for kind, figure in thick.items():
            show(kind, [figure])
    for kind, (pages, _, most) in thick.items():
        more = (most - thin[kind][2]) * 2**20 / 1e6 / (pages - thin[kind][0])
        print(f"{kind}: {more:.2f} MB for each page more")
    measured("ours", work, THICK, work / "again.pdf")
    book = work / f"ours-{THICK}.pdf"
    print("identical bytes twice:", book.read_bytes() == (work / "again.pdf").read_bytes(), flush=True)
    subprocess.run([sys.executable, ROOT / "tests" / "vera.py", "3a,ua1", book], check=False)


def show(kind, figures):
    """Print a row: the medians of some measurements."""
    pages = figures[0][0]
    seconds, memory = (statistics.median(figure[n] for figure in figures) for n in (1, 2))
    print(
        f"{kind:<16} {pages:4} pages  {seconds:7.2f} s CPU  {pages / seconds:6.1f} pages/s  {memory:5.0f} MiB  n={len(figures)}",
        flush=True,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
    else:
        main()
