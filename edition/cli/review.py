"""`edition review`."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from edition.cli import say

HELP = "Open the editor's desk: check and correct the pages of a folder in a browser."
EXAMPLE = "edition review seeds"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", nargs="?", type=Path, default=Path("seeds"), help="folder of texts (default: seeds)")
    parser.add_argument("--read-only", action="store_true", help="nothing can be changed")
    parser.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    parser.add_argument("--port", type=_port, default=0, help="of this machine (default: any free one)")
    parser.add_argument("--who", default="", metavar="NAME", help="who decides, unless the browser says otherwise")


def run(options: argparse.Namespace) -> int:
    """`edition review`; gives the exit code. Ends with Ctrl-C."""
    import logging
    import webbrowser

    from edition.review import server
    from edition.review.desk import Desk

    desk = Desk(options.source, read_only=options.read_only, who=options.who)
    sock, secret = server.bind(options.port), server.token()
    address = f"http://{server.HOST}:{sock.getsockname()[1]}/{secret}/"
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="edition: %(message)s")
    if options.json:
        say.as_json({"ok": True, "address": address})
        sys.stdout.flush()
    else:
        print(f"{address}\nCtrl-C ends the desk; every decision is already in NAME.decisions.toml", flush=True)
    if not options.no_browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):
        server.serve(desk, sock, secret)
    return 0


def _port(text: str) -> int:
    if not text.isdigit() or not int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r}: write a number from 0 to 65535")
    return int(text)
