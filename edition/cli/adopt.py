"""`edition adopt`."""

import argparse
from pathlib import Path

from edition.cli import say

HELP = "Take a page over: copy its TEI beside its text, where it is the page from then on."
EXAMPLE = "edition adopt page1 seeds --out dist"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("name", metavar="NAME", help="the page: NAME of NAME.txt, or the beginning of it")
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder of the results (default: dist)")
    parser.add_argument("--who", metavar="NAME", help="the editor, whom the header names, to sign corrections")


def run(options: argparse.Namespace) -> int:
    """`edition adopt`; gives the exit code."""
    from edition.build.adopt import adopt

    done = adopt(options.name, options.source, options.out, options.who)
    idle = str(done.idle) if done.idle else None
    if options.json:
        say.as_json({"ok": True, "from": str(done.origin), "to": str(done.target), "idle": idle, "resp": done.resp})
        return 0
    sign = f' resp="#{done.resp}"' if done.resp else ""
    print(done.target)
    print("  This file is the page from now on, its header included: the program changes nothing in it.")
    print("  Edit it: move paragraphs and heads with their <lb>, change types, put changes of characters into")
    print(f"  <choice><sic>…</sic><corr{sign}>…</corr></choice>, additions into <supplied>, remarks into <note>.")
    if not done.resp:
        print("  (with --who NAME the header would have named you, so that you can sign what you correct)")
    if done.idle:
        print(f"  {done.idle} is not read any more (E-003); what it decided stands in the TEI.")
    print(f"  → then: edition validate {done.target}")
    print(f"          edition diff {done.origin} {done.target}     what you changed, in words")
    print(f"          edition build {options.source} --out {options.out}")
    return 0
