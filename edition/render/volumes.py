"""A large edition as several books: by issue, month or year where the pages are dated, else by runs of pages.

A reading system loads the contents of a book whole, and epubcheck compares every entry with every other. So an edition
of more than `MOST` items is made into volumes unless its editor wants otherwise. A page is never cut in two, pages keep
their numbers, and a date that is not known is not guessed.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from edition.model.labels import chinese_number, page_label
from edition.model.walk import items
from edition.render.book import Book, Page, Volume
from edition.render.styles import Split

MOST = 2000  # items of a volume that is made without being asked for
_Key: TypeAlias = tuple[str, str]  # of a file name, of a title


def volumes(book: Book, split: Split = "auto") -> tuple[Book, ...]:
    """The books to make, in order: the book itself where it need not be split."""
    if split == "no" or (split == "auto" and _size(book.pages) <= MOST):
        return (book,)
    if split != "auto":
        return _named(_grouped(book.pages, _BY[split]))
    for by in ("year", "month", "issue"):
        groups = _grouped(book.pages, _BY[by])
        if max(_size(group) for _, group in groups) <= MOST:
            return _named(groups)
    return _named(_runs(book.pages))


def _size(pages: Iterable[Page]) -> int:
    return sum(1 for page in pages for _ in items(page.edition))


def _by_year(page: Page) -> _Key:
    date = page.header.issue.date
    return (date[:4], f"{int(date[:4])}年") if date else ("undated", "日期不明")


def _by_month(page: Page) -> _Key:
    date = page.header.issue.date
    if not date or len(date) < len("1956-05"):
        return _by_year(page)
    return date[:7], f"{int(date[:4])}年{int(date[5:7])}月"


def _by_issue(page: Page) -> _Key:
    issue = page.header.issue
    if not (issue.date or issue.printed_date or issue.issue):
        return "undated", issue.newspaper or "日期不明"
    label = page_label(replace(page.header, issue=replace(issue, page=None, section=None)))
    return issue.date or "issue", label if issue.date or issue.printed_date else f"{label} {issue.issue}"


_BY: dict[str, Callable[[Page], _Key]] = {"year": _by_year, "month": _by_month, "issue": _by_issue}


def _grouped(pages: Iterable[Page], by: Callable[[Page], _Key]) -> list[tuple[_Key, list[Page]]]:
    groups: dict[_Key, list[Page]] = {}
    for page in pages:
        groups.setdefault(by(page), []).append(page)
    return list(groups.items())


def _runs(pages: Iterable[Page]) -> list[tuple[_Key, list[Page]]]:
    """Pages one after another, at most `MOST` items together if no page alone has more."""
    runs: list[list[Page]] = [[]]
    held = 0
    for page in pages:
        held += _size([page])
        if runs[-1] and held > MOST:
            runs.append([])
            held = _size([page])
        runs[-1].append(page)
    return [((str(number), f"第{chinese_number(number)}册"), run) for number, run in enumerate(runs, 1)]


def _named(groups: list[tuple[_Key, list[Page]]]) -> tuple[Book, ...]:
    """The volumes, each with a name of its own for its file."""
    out: list[Book] = []
    taken: dict[str, int] = {}
    for number, ((key, label), pages) in enumerate(groups, 1):
        taken[key] = taken.get(key, 0) + 1
        name = key if taken[key] == 1 else f"{key}-{taken[key]}"
        out.append(Book(tuple(pages), Volume(name, label, number)))
    return tuple(out)
