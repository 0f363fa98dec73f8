"""edition.toml: read once, checked once, frozen. An error names the file, the line and what would be right."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from edition import files, gazetteer
from edition.decisions import NONE, STAGES, Decisions
from edition.errors import ConfigError
from edition.gazetteer import Gazetteer
from edition.model.header import ItemRight, Right
from edition.model.regular import HAN_FULLWIDTH, WIDTH_POLICIES
from edition.names.layers import LEAST, Layers
from edition.readers.decode import ENCODINGS
from edition.render.format import IMPRINT, LAYOUTS, OPENINGS, SIZES, Fonts, Format, Margins, frame
from edition.render.styles import SPLITS, WRITINGS, Split, Writing
from edition.tables import Checker, Table, load
from edition.words import ENGINES

NAME = "edition.toml"
SUBJECTS = ("text", "pictures", "markup", "fonts")  # what rights are stated for
_SWITCHES = ("persons", "organisations", "places", "dates", "keywords")  # of [layers]
DEPOSITS = ("crate", "mets")  # what a bag describes itself with: an RO-Crate, or a METS file for each issue too


@dataclass(frozen=True, slots=True)
class PageConfig:
    """One [[page]]."""

    file: str  # path of the source under the edition's folder, with forward slashes
    newspaper: str | None = None
    issn: str | None = None
    cn: str | None = None
    date: str | None = None  # ISO 8601
    printed_date: str | None = None
    issue: str | None = None
    page: str | None = None
    section: str | None = None
    scan: str | None = None
    order: int | None = None  # from 1
    encoding: str | None = None
    decisions: Decisions = NONE  # what an editor decided about it, from NAME.decisions.toml


@dataclass(frozen=True, slots=True)
class Epub:
    """[epub]: how the EPUB is set, which fonts it carries, whether it is one book."""

    writing: Writing = "horizontal"
    fonts: str = "reader"  # the device's, or `embed`: the edition's own, cut to the characters used
    split: Split = "auto"


EPUB_FONTS = ("reader", "embed")


@dataclass(frozen=True, slots=True)
class Config:
    """An edition as its editor describes it."""

    id: str
    title: str
    language: str = "zh-Hans"
    modified: str | None = None  # ISO 8601, UTC, to the second
    publisher: str | None = None
    rights: tuple[Right, ...] = ()
    item_rights: tuple[tuple[str, ItemRight], ...] = ()  # page by its file's path without suffix, the item's rights
    pages: tuple[PageConfig, ...] = ()
    pdf: Format = field(default_factory=Format)
    pdf_css: str | None = None  # file of an editor's own rules, beside edition.toml
    widths: str = HAN_FULLWIDTH  # a name from model.regular
    epub: Epub = field(default_factory=Epub)
    layers: Layers = field(default_factory=Layers)
    names: Gazetteer = gazetteer.NONE  # what an editor said of names, from names.toml
    engine: str = "jieba"  # one of words.ENGINES
    deposit: str = "crate"  # a name from DEPOSITS
    requires: tuple[str, ...] = ()  # the passes (of STAGES, in their order) without which no page is released


def parse(data: bytes, where: str) -> Config:
    """The configuration that the bytes of an edition.toml hold; `where` is used in messages. Raises ConfigError."""
    table, text = load(data, where)
    return _Checker(text, where).config(table)


_PDF = {"size", "layout", "columns", "margins", "binding", "opening", "attach", "split", "css", "imprint"}


def with_css(config: Config, folder: Path) -> Config:
    """The configuration with the editor's own rules for the PDF, read from their file. Raises ConfigError."""
    if not config.pdf_css:
        return config
    path = folder / config.pdf_css
    if not path.is_file():
        raise ConfigError(
            "`css` names a file that is not there", where=str(path), remedy="correct [pdf] css, or add it"
        )
    return replace(config, pdf=replace(config.pdf, css=files.read(path).decode("utf-8", "replace")))


class _Checker(Checker):
    """Takes an edition.toml apart."""

    def config(self, table: Table) -> Config:
        known = {
            "id",
            "title",
            "language",
            "modified",
            "publisher",
            "rights",
            "page",
            "fonts",
            "pdf",
            "epub",
            "layers",
            "words",
            "deposit",
            "release",
        }
        self.only(table, known, "", 0)
        for name in ("id", "title"):
            if name not in table:
                raise ConfigError(f"`{name}` is missing", where=f"{self.where}:1", remedy=f'add a line: {name} = "…"')
        return Config(
            id=self.text(table, "id", matching=r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?", like="wuxi-1956") or "",
            title=self.text(table, "title") or "",
            language=self.text(table, "language", matching=r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", like="zh-Hans")
            or "zh-Hans",
            modified=self.moment(table),
            publisher=self.text(table, "publisher"),
            rights=self.rights(table),
            item_rights=self.item_rights(table),
            pages=self.pages(table),
            deposit=self.choice(self.table(table, "deposit", {"profile"}), "profile", "deposit", DEPOSITS)
            or DEPOSITS[0],
            requires=self.requires(table),
            pdf=self.pdf(table),
            pdf_css=self.text(self.table(table, "pdf", _PDF), "css", "pdf"),
            widths=self.choice(
                self.table(table, "layers", {"widths", "least", *_SWITCHES}), "widths", "layers", WIDTH_POLICIES
            )
            or HAN_FULLWIDTH,
            epub=self.epub(table),
            layers=self.layers(table),
            engine=self.choice(self.table(table, "words", {"engine"}), "engine", "words", ENGINES) or ENGINES[0],
        )

    def requires(self, table: Table) -> tuple[str, ...]:
        wanted = self.texts(self.table(table, "release", {"requires"}), "requires", "release")
        if not set(wanted) <= set(STAGES):
            raise self.error(
                "release", 0, "requires", f"a list of some of {'、'.join(STAGES)}", 'requires = ["一校", "终审"]'
            )
        return tuple(stage for stage in STAGES if stage in wanted)

    def moment(self, table: Table) -> str | None:
        match table.get("modified"):
            case None:
                return None
            case datetime() as moment:
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                if 1980 < moment.year < 2100:  # what the date of a file in a zip can say
                    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            case date() as day:
                if 1980 < day.year < 2100:
                    return f"{day.isoformat()}T00:00:00Z"
        raise self.error(
            "", 0, "modified", "a date after 1980, without quotation marks", "modified = 2026-11-21T00:00:00Z"
        )

    def rights(self, table: Table) -> tuple[Right, ...]:
        whole = self.table(table, "rights", {*SUBJECTS, "item"})
        out = []
        for subject in SUBJECTS:
            if subject in whole:
                part = self.table(whole, subject, {"uri", "holder"}, "rights")
                section = f"rights.{subject}"
                uri = self.text(
                    part, "uri", section, matching=r"[a-z]+:\S+", like="https://rightsstatements.org/vocab/UND/1.0/"
                )
                out.append(Right(subject, uri, self.text(part, "holder", section)))  # type: ignore[arg-type]  # one of the four
        return tuple(out)

    def item_rights(self, table: Table) -> tuple[tuple[str, ItemRight], ...]:
        whole = self.table(table, "rights", {*SUBJECTS, "item"})
        entries = enumerate(self.tables(whole, "item"))
        return tuple(self.item_right(entry, number) for number, entry in entries)

    def item_right(self, entry: Table, number: int) -> tuple[str, ItemRight]:
        section = "rights.item"
        self.only(entry, {"id", "kind", "uri", "holder"}, section, number)
        named = self.text(entry, "id", section, number, matching=r".+#L\d+(\.\d+)?", like="page1#L7")
        kind = self.text(entry, "kind", section, number, matching="|".join(SUBJECTS), like="pictures")
        uri = self.text(
            entry, "uri", section, number, matching=r"[a-z]+:\S+", like="https://rightsstatements.org/vocab/UND/1.0/"
        )
        if not named or not kind:
            raise self.error(section, number, "id", "given, and `kind` too", 'id = "page1#L7", kind = "pictures"')
        page, _, item = named.rpartition("#")
        right = Right(kind, uri, self.text(entry, "holder", section, number))  # type: ignore[arg-type]  # one of the four
        return page, ItemRight(item, right)

    def pages(self, table: Table) -> tuple[PageConfig, ...]:
        return tuple(self.page(entry, number) for number, entry in enumerate(self.tables(table, "page")))

    def page(self, entry: Table, number: int) -> PageConfig:
        texts = ("file", "newspaper", "printed_date", "issue", "section", "encoding")
        words = {"issn": "1234-5678", "cn": "32-0055", "page": "A07", "scan": "scans/page1.jpg"}  # no blanks in these
        self.only(entry, {*texts, *words, "date", "order"}, "page", number)
        values = {name: self.text(entry, name, "page", number) for name in texts}
        values |= {n: self.text(entry, n, "page", number, matching=r"\S+", like=like) for n, like in words.items()}
        if not values["file"]:
            raise ConfigError(
                "a [[page]] without `file`",
                where=f"{self.where}:{self.line('page', number, '')}",
                remedy='add file = "….txt"',
            )
        if values["encoding"] not in (None, *ENCODINGS):
            raise self.error("page", number, "encoding", f"one of {', '.join(ENCODINGS)}", 'encoding = "GB18030"')
        order = self.number(entry, "order", "page", number, least=1)
        return PageConfig(date=self.day(entry, number), order=order, **values)  # type: ignore[arg-type]  # file is a str

    def day(self, entry: Table, number: int) -> str | None:
        match entry.get("date"):
            case None:
                return None
            case date() as day if not isinstance(day, datetime):
                return day.isoformat()
            case str() as text if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", text):
                return text
        raise self.error(
            "page", number, "date", "a date, or a year or month as text", 'date = 1956-05-01, or "1956-05"'
        )

    def pdf(self, table: Table) -> Format:
        part = self.table(table, "pdf", _PDF)
        wish = Format(
            size=self.choice(part, "size", "pdf", tuple(SIZES)) or "16k",
            layout=self.choice(part, "layout", "pdf", LAYOUTS) or "book",
            columns=self.number(part, "columns", "pdf", 0, least=1),
            margins=self.margins(part),
            binding=self.millimetres(part, "binding", "pdf") or 0.0,
            opening=self.choice(part, "opening", "pdf", OPENINGS) or "room",
            attach=self.yes_or_no(part, "attach", "pdf", usual=True),
            split=self.choice(part, "split", "pdf", SPLITS) or "no",  # type: ignore[arg-type]  # one of SPLITS
            imprint=self.imprint(part),
            fonts=self.fonts(table),
        )
        try:
            frame(wish)
        except ValueError as error:
            where = f"{self.where}:{self.line('pdf', 0, 'columns')}"
            raise ConfigError(str(error), where=where, remedy="ask for fewer columns or smaller margins") from None
        return wish

    def margins(self, part: Table) -> Margins | None:
        given = self.table(part, "margins", {"top", "bottom", "inner", "outer"}, "pdf")
        sides = {name: self.millimetres(given, name, "pdf.margins") for name in ("top", "bottom", "inner", "outer")}
        if given and None in sides.values():
            raise self.error(
                "pdf", 0, "margins", "all four sides in mm",
                "margins = { top = 25, bottom = 20, inner = 22, outer = 18 }",
            )  # fmt: skip
        return Margins(**sides) if given else None  # type: ignore[arg-type]  # none of them is None

    def imprint(self, part: Table) -> tuple[tuple[str, str], ...]:
        given = self.table(part, "imprint", set(IMPRINT), "pdf")
        texts = {name: self.text(given, name, "pdf.imprint") for name in IMPRINT}
        return tuple((name, text) for name, text in texts.items() if text)

    def epub(self, table: Table) -> Epub:
        part = self.table(table, "epub", {"writing", "fonts", "split"})
        choices = {"writing": WRITINGS, "fonts": EPUB_FONTS, "split": SPLITS}
        given = {name: self.choice(part, name, "epub", values) for name, values in choices.items()}
        return Epub(**{name: value for name, value in given.items() if value})  # type: ignore[arg-type]  # one of them

    def fonts(self, table: Table) -> Fonts:
        part = self.table(table, "fonts", {"serif", "sans", "kai", "rare"})
        usual = Fonts()
        return Fonts(
            serif=self.text(part, "serif", "fonts") or usual.serif,
            sans=self.text(part, "sans", "fonts") or usual.sans,
            kai=self.text(part, "kai", "fonts") or usual.kai,
            rare=self.texts(part, "rare", "fonts") or usual.rare,
        )

    def layers(self, table: Table) -> Layers:
        given = self.table(table, "layers", {"widths", "least", *_SWITCHES})
        usual = Layers()
        on = {name: self.yes_or_no(given, name, "layers", usual=getattr(usual, name)) for name in _SWITCHES}
        least = given.get("least", LEAST)
        if isinstance(least, bool) or not isinstance(least, int | float) or not 0.5 <= least <= 1:
            raise self.error("layers", 0, "least", "a probability from 0.5 to 1", "least = 0.9")
        return Layers(**on, least=float(least))


def default(folder_name: str) -> Config:
    """The configuration of an edition that has no edition.toml: named after its folder, everything else unknown."""
    slug = re.sub("[^a-z0-9]+", "-", folder_name.lower()).strip("-")[:60].strip("-")
    return Config(id=slug or "edition", title=folder_name or "edition")
