"""Doubt about the text, as values. A code is permanent: it is never given to something else, never reused.

D decoding   C characters and marks   S structure   J joins   H headlines   E the editor's decisions   V validity
B the build   F fonts   P the page as a whole   A the archive
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code means, in general."""

    severity: Severity
    title: str
    hint: str  # what to do


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt: its code, its place (`file:line`), what was seen, and how sure the program is of what it did."""

    code: str
    where: str
    message: str
    cert: float | None = None
    remedy: str = ""  # what to do in this very case; else the catalogue's hint

    @property
    def severity(self) -> Severity:
        """error, warning or info, as the catalogue has it."""
        return CATALOGUE[self.code].severity

    @property
    def hint(self) -> str:
        """What to do about it."""
        return self.remedy or CATALOGUE[self.code].hint

    def as_json(self) -> dict[str, object]:
        """For machines."""
        row: dict[str, object] = {"code": self.code, "severity": self.severity, "where": self.where}
        row["title"] = CATALOGUE[self.code].title
        row["message"] = self.message
        if self.cert is not None:
            row["cert"] = self.cert
        row["hint"] = self.hint
        return row

    def __str__(self) -> str:
        sure = "" if self.cert is None else f" (cert {self.cert:.2f})"
        return f"{self.where}: {self.severity} {self.code}: {self.message}{sure}"


CATALOGUE: dict[str, Entry] = {
    "D-001": Entry(
        "warning",
        "the encoding was guessed",
        "read a few lines of the result; if they are wrong, set `encoding` for the page in edition.toml",
    ),
    "D-002": Entry(
        "warning",
        "bytes that no character stands for",
        "nothing is lost: the bytes stand in the TEI as <g n=…>; correct the text there or in the source",
    ),
    "D-003": Entry(
        "info",
        "words that a model seems to have added to the page",
        'they are kept in the TEI as <fw type="markup">; if the paper printed them, say `role = "paragraph"` in the decisions',
    ),
    "C-001": Entry(
        "warning",
        "a quotation mark or bracket without its partner",
        "look whether the partner was lost or stands in the next paragraph; put what is missing into <supplied>",
    ),
    "C-002": Entry(
        "warning",
        "a quotation mark that faces the wrong way",
        "if the proposal is right, put it into <choice><sic>…</sic><corr>…</corr></choice> in the TEI kept beside the source",
    ),
    "C-003": Entry(
        "info",
        "a dot between two characters that is not the usual one",
        "the TEI keeps it; if `.` stands for a name's dot, correct it in <choice>, the others are shown as · anyway",
    ),
    "C-004": Entry(
        "info",
        "a dash or ellipsis that may be something else",
        "compare with the page: a connecting line, a dash, the numeral 一 twice, or a mark of which a part was lost",
    ),
    "C-005": Entry(
        "info",
        "a radical in place of a character",
        "the TEI keeps it, and beside other characters the one proposed is shown; the text probably comes from a PDF",
    ),
    "C-006": Entry(
        "info",
        "a compatibility ideograph",
        "it is kept and shown as it is, for it may be a name's; if it is an accident, correct it in <choice>",
    ),
    "C-007": Entry(
        "warning",
        "a private-use character",
        "only the font of its maker shows it; find out which character it was and put that into <choice>",
    ),
    "C-008": Entry(
        "warning",
        "a character that was lost before the text came here (U+FFFD)",
        "look at the page, and put what it has into <choice>, or a <gap/> if it cannot be read",
    ),
    "S-001": Entry(
        "info", "an item without a headline", "if the page prints one, look for it among the heads of other items"
    ),
    "S-002": Entry(
        "warning",
        "text that could not be placed",
        "it stands in a <div type='unassigned'>; move it where it belongs in a corrected TEI beside the source",
    ),
    "S-003": Entry(
        "warning",
        "a role that is doubtful",
        "look at the line; if it is wrong, correct the TEI and keep it beside the source as NAME.xml",
    ),
    "S-004": Entry(
        "warning",
        "text without punctuation",
        "paragraphs can hardly be told without punctuation; check every join of this page",
    ),
    "S-005": Entry(
        "warning",
        "columns mixed up",
        "many paragraphs stop in mid-sentence and go on nowhere, as where columns were read across; no decision of this page is called sure. Of a PDF take `pdftotext -raw`",
    ),
    "S-006": Entry(
        "warning",
        "an item without text",
        "it stands in the books with its heads alone; if its text was given to another item, move it in a corrected TEI",
    ),
    "J-001": Entry(
        "warning",
        "a join or break that is doubtful",
        "look at both sides of the gap; if it is wrong, correct the TEI and keep it beside the source as NAME.xml",
    ),
    "H-001": Entry(
        "warning",
        "a headline whose item is doubtful",
        "compare the headline with both items named; if it is wrong, move it in a TEI kept beside the source",
    ),
    "E-001": Entry(
        "warning",
        "a decision that no longer fits the source",
        "look at the line again: decide anew with the text that stands there, or take the decision out of the file",
    ),
    "E-002": Entry(
        "warning",
        "a decision that could not be carried out",
        "another decision or the page's form stands against it; decide that too, or correct the TEI beside the source",
    ),
    "E-003": Entry(
        "warning",
        "decisions that are not read",
        "a corrected NAME.xml is the page, so take one of the two away; without NAME.txt, correct the file's name",
    ),
    "V-001": Entry(
        "error", "the file does not follow the schema", "mend the element at that line, then validate again"
    ),
    "V-002": Entry("error", "a piece of the source stands twice", "each line and offset may be named once; remove one"),
    "V-003": Entry("error", "a pointer points nowhere", "give the target the xml:id, or remove the pointer"),
    "V-004": Entry("error", "a confidence without a name", "add resp= beside cert=: who was that sure?"),
    "V-005": Entry(
        "error",
        "the source cannot be rebuilt",
        "a character of the source was changed or lost; put changes into <choice>, additions into <supplied> or <note>",
    ),
    "V-006": Entry(
        "error", "the file is not well-formed XML", "mend the XML there; an editor that knows XML shows the place"
    ),
    "V-007": Entry("error", "the file is not encoded as it says", "save it as UTF-8"),
    "V-008": Entry(
        "error",
        "an element that is not in the TEI namespace",
        'begin the file with <TEI xmlns="http://www.tei-c.org/ns/1.0">',
    ),
    "V-009": Entry(
        "error", "an attribute is missing", "add it; `schema/edition.html` shows every element with an example"
    ),
    "V-010": Entry("error", "a value that may not stand there", "write one of the values that the message names"),
    "V-011": Entry("error", "an attribute that the element may not have", "take it away"),
    "V-012": Entry("error", "an element where it may not stand", "move it to where it belongs, or take its tags away"),
    "V-013": Entry(
        "error", "text where only elements may stand", "put it into the <p>, <head> or <byline> that it belongs to"
    ),
    "V-014": Entry("error", "something is missing", "add what the message names, at that place"),
    "V-015": Entry("error", "an xml:id stands twice", "give one of the two another id, and look at what points to it"),
    "V-016": Entry(
        "error", "a line that the source does not have", "correct lb/@n: it counts the lines of the text file"
    ),
    "V-017": Entry(
        "error", "a source line that lost its <lb/>", "put the <lb/> back before the first character of the line"
    ),
    "V-018": Entry(
        "error",
        "a piece that does not begin where it says",
        "its n is LINE.OFFSET: so many characters of that line stand before it, in whichever element",
    ),
    "B-001": Entry(
        "warning",
        "this build is not reproducible",
        "set `modified` in edition.toml (or SOURCE_DATE_EPOCH), so that the same source gives the same bytes",
    ),
    "F-001": Entry(
        "warning",
        "a font other than the ones the pages were proofed with",
        "the PDF is sound, but its bytes and line breaks may differ from those of another machine",
    ),
    "F-002": Entry(
        "info",
        "a character that the edition's font does not have",
        "it is set in the font named, in another hand; look at it in the PDF",
    ),
    "F-003": Entry(
        "warning",
        "a character that no font has",
        "the PDF shows its code point; name a family that has it under [fonts] rare in edition.toml",
    ),
    "F-004": Entry(
        "warning",
        "a font of the EPUB that is not installed",
        "the EPUB is sound: its cover is drawn with another face or left out, and this font is not embedded",
    ),
    "B-005": Entry(
        "info",
        "a title too long for the cover",
        "the cover shows its beginning, the title page the whole; a shorter `title` in edition.toml would fit",
    ),
    "B-004": Entry(
        "info",
        "an edition made into several EPUBs",
        "reading systems load the contents of a book whole; `split` under [epub] says how to part it, `no` keeps one",
    ),
    "A-001": Entry(
        "warning",
        "a scan that is named but not there",
        "the bag says that it is missing; put the file where `scan` in edition.toml says, or correct the name",
    ),
    "A-002": Entry(
        "info",
        "rights of which nothing is known",
        "the bag says that they are unknown; state `uri` under [rights.text] and so on in edition.toml if you know more",
    ),
    "A-003": Entry(
        "warning",
        "rights in words of one's own",
        "archives sort by addresses of rightsstatements.org or creativecommons.org; use one of those where one fits",
    ),
    "A-004": Entry("error", "a file was lost from the bag", "take it from another copy of the deposit"),
    "A-005": Entry("error", "a file was added to the bag", "take it out: nobody vouches for it"),
    "A-006": Entry("error", "a file of the bag was changed", "take it from another copy of the deposit"),
    "A-007": Entry(
        "error",
        "a list of the bag cannot be relied on",
        "compare bagit.txt, bag-info.txt and the manifests with another copy of the deposit",
    ),
    "A-008": Entry(
        "error",
        "a TEI of the bag does not give its source back",
        "one of the two was changed before the bag was made; compare both with the edition's own folder",
    ),
    "A-009": Entry("error", "no bag was made", "an edition is deposited whole: mend the pages that could not be made"),
    "A-010": Entry(
        "info",
        "a public copy",
        "its source cannot be rebuilt from it; the archive's copy (`edition deposit --sealed`) holds the whole text",
    ),
    "B-002": Entry(
        "info",
        "this state was not given out",
        "it differs from the last release; `edition release` gives it out under a number, with its errata",
    ),
    "P-001": Entry("error", "a page could not be made", "the message says why; the other pages are not affected"),
    "P-002": Entry(
        "error",
        "a page in quarantine",
        "it cost its process the life, or more time or memory than allowed; raise the limits, or report it with the file",
    ),
    "P-003": Entry(
        "error", "texts outside of any edition", "put an edition.toml into their folder, or into one above it"
    ),
}
