"""勘误表 of a release as a table: what reads otherwise than in the release before, by the place it is cited at."""

from edition.archive.holdings import Holdings

NAME = "metadata/errata.tsv"  # in the payload
_HEAD = "place\tbefore 前版\tnow 本版\n"


def write(held: Holdings) -> bytes | None:
    """Rows of place, what the release before had, what this one has; None where the deposit replaces no release."""
    found = [(page.stem, page.edition.header.release) for page in held.pages]
    if not any(release and release.replaces for _, release in found):
        return None
    rows = (
        f"{stem}#{e.item or ''}:{e.line}\t{_cell(e.before)}\t{_cell(e.after)}\n"
        for stem, release in found
        for e in (release.errata if release else ())
    )
    return (_HEAD + "".join(rows)).encode()


def _cell(text: str) -> str:
    return " ".join(text.split())
