"""README.txt of a deposit: for someone who opens it in thirty years. The prose stands in data/archivist.txt."""

from collections.abc import Iterator, Mapping
from string import Template
from unicodedata import east_asian_width

from edition.archive.holdings import KINDS, Holdings, Scan, of_items, told

_KINDS_ZH = {"text": "文字", "pictures": "图片", "markup": "标注", "fonts": "字体"}
_FACTS = (
    ("newspaper", "the newspaper's name", "报名"),
    ("date", "the date", "日期"),
    ("page", "the page number", "版次"),
)
_STATES = {
    "included": ("in the deposit", "在包中"),
    "missing": ("named by the editor, but the file was not there", "编者指明，但文件不在"),
    "remote": ("elsewhere on the network, not in the deposit", "在网络上，不在包中"),
}


def write(held: Holdings, template: str, count: int) -> bytes:
    """The text, filled in; `count` is the number of files of the payload."""
    values: Mapping[str, str] = {
        "title": held.title,
        "rule": "=" * max(24, sum(2 if east_asian_width(c) in "WF" else 1 for c in held.title)),
        "day": held.day,
        "program": held.program,
        "pages": str(len(held.pages)),
        "items": str(held.items),
        "count": str(count),
        "scans_en": _scans(held.scans, 0),
        "scans_zh": _scans(held.scans, 1),
        "rights_en": "\n".join(f"  {kind + ':':10} {told(held.right(kind))}" for kind in KINDS)
        + _item_rights(held, 0)
        + _rights_note(held),
        "rights_zh": "\n".join(
            f"  {_KINDS_ZH[kind]}：{told(held.right(kind)).replace('unknown', '不详')}" for kind in KINDS
        )
        + _item_rights(held, 1),
        "release_en": _release(held, 0),
        "release_zh": _release(held, 1),
        "unknown_en": _unknown(held, 0),
        "unknown_zh": _unknown(held, 1),
    }
    return Template(template).substitute(values).encode()


def _release(held: Holdings, language: int) -> str:
    """The release that this is, and what is kept back of it or may not leave the archive."""
    rows = list(_history(held, language))
    return "\n".join(("", *rows)) if rows else ""


def _history(held: Holdings, language: int) -> Iterator[str]:
    releases = [page.edition.header.release for page in held.pages if held.version]
    before = releases[0].replaces if releases and releases[0] else None
    if held.version:
        yield (f"This is release {held.version}.", f"这是第 {held.version} 版。")[language]
    if before:
        yield (
            f"It replaces release {before}; data/metadata/errata.tsv lists what reads otherwise.",
            f"代替第 {before} 版；改动之处见 data/metadata/errata.tsv。",
        )[language]
    withheld = [(page, one) for page in held.pages for one in page.edition.header.withheld]
    if withheld and held.is_sealed:
        yield (
            "SEALED. The whole text is here, and with it what may not be published:",
            "封存。全文俱在，包括不得公开的篇目：",
        )[language]
    elif withheld:
        yield (
            "This is the public copy. Items are kept back, so the sources of their pages are not\nhere and cannot be rebuilt; the archive's sealed copy holds them:",
            "这是公开本。下列篇目不收，所在版面的来源文件也不在此，不能还原；封存的存档本保存全文：",
        )[language]
    for page, one in withheld:
        yield f"  {page.stem}#{one.item} ({one.lines}): {one.reason} ({one.when})"


def _item_rights(held: Holdings, language: int) -> str:
    rows = (
        f"\n  {page.stem}#{one.item} {(one.right.subject, _KINDS_ZH[one.right.subject])[language]}: {told(one.right)}"
        for page, one in of_items(held.pages)
    )
    return "".join(rows)


def _rights_note(held: Holdings) -> str:
    unknown = [kind for kind in KINDS if told(held.right(kind)) == "unknown"]
    return "\n  (unknown: neither the source nor the editor stated any; it does not mean free)" if unknown else ""


def _scans(scans: tuple[Scan, ...], language: int) -> str:
    if not scans:
        return ("No picture of a page was named by the editor.", "编者没有指明版面图像。")[language]
    head = ("Pictures of the pages:", "版面图像：")[language]
    rows = (f"  {scan.page}: {scan.path or scan.address} ({_STATES[scan.state][language]})" for scan in scans)
    return "\n".join((head, *rows))


def _unknown(held: Holdings, language: int) -> str:
    rows = list(_missing(held, language))
    return "\n".join(rows) or ("  Nothing that the edition asks for.", "  本版所记各项都已说明。")[language]


def _missing(held: Holdings, language: int) -> Iterator[str]:
    """A line for each fact that some pages lack."""
    for name, english, chinese in _FACTS:
        lacking = [page.stem for page in held.pages if not getattr(page.edition.header.issue, name)]
        if lacking:
            where = ", ".join(lacking) if len(lacking) < len(held.pages) else ("all pages", "所有版面")[language]
            yield f"  {english}: {where}" if language == 0 else f"  {chinese}：{where}"
    if not held.publisher:
        yield ("  the publisher of this edition", "  本数字版的出版者")[language]
