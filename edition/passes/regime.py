"""The regime of the page, told from its own text and stated in the header."""

from dataclasses import replace

from edition.findings import Finding
from edition.model.document import Edition
from edition.model.readings import printed
from edition.model.regime import regime_of
from edition.model.walk import contents


def declare(edition: Edition, resp: str) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition with its regime in the header, which is signed by the header's own prose. There are no findings."""
    text = "\n".join(printed(content, "as-source") for content in contents(edition))
    return replace(edition, header=replace(edition.header, regime=regime_of(text))), ()
