"""What makes a PDF fit for an archive and for a screen reader at once: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

One file can be both, but WeasyPrint states one standard in a file. The metadata here states the two, with the
extension schema that PDF/A wants for the words of PDF/UA. The TEI of every page is attached with the relationship
Source (ISO 19005-3, annex E); where an archive wants no attachments the file is PDF/A-2a instead.
"""

import io
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pydyf
from weasyprint import Attachment
from weasyprint.pdf.metadata import DocumentMetadata

from edition.render.book import Book

_UA = """<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>part of ISO 14289 that the file follows</pdfaProperty:description></rdf:li></rdf:Seq>\
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class Metadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint is untyped
    """XMP of one RDF element: what WeasyPrint writes, PDF/UA beside PDF/A, nothing random, the language."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str | None) -> bytes:
        """The RDF element as bytes."""
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        added = f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" rdf:about=""><dc:language><rdf:Bag>\
<rdf:li>{self.lang}</rdf:li></rdf:Bag></dc:language></rdf:Description>'
        if variant == "a":
            added += _UA
        own = uuid5(NAMESPACE_URL, f"{self.title} {self.modified}")  # WeasyPrint's is random
        rdf = re.sub(rb"xmp\.did:[0-9a-f-]{36}", f"xmp.did:{own}".encode(), rdf)
        return rdf.replace(b"</rdf:RDF>", added.encode() + b"</rdf:RDF>")


def state(document: Any) -> None:
    """Give a rendered document this metadata."""
    document.metadata = Metadata(**vars(document.metadata))


def finisher(labels: Mapping[str, str]) -> Callable[[Any, Any], None]:
    """What is done to the PDF before it is written; `labels` says where a link to an id of the book leads, in words.

    The structure tree states the language too, not only the catalogue; each attachment is named once (WeasyPrint 70.0
    names it twice); a link is described to those who do not see the page (ISO 14289-1, 7.18.5).
    """

    def finish(document: Any, pdf: Any) -> None:
        if files := pdf.catalog.get("AF"):
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(files))
        for each in pdf.objects:
            if not isinstance(each, pydyf.Dictionary):
                continue
            if each.get("S") == "/Document":
                each["Lang"] = pydyf.String(document.metadata.lang)
            elif each.get("Subtype") == "/Link" and "Dest" in each:
                each["Contents"] = pydyf.String(labels.get(each["Dest"].string, "所指之处"))

    return finish


def attachments(book: Book) -> list[Attachment]:
    """The TEI of every page, under the name that it has in the EPUB."""
    return [
        Attachment(
            file_obj=io.BytesIO(page.tei),
            name=f"page-{page.number:04d}.xml",
            description=f"TEI P5: {page.label} ({page.header.source.name})",
            relationship="Source",
            created=_moment(book.modified),
            modified=_moment(page.header.modified),
        )
        for page in book.pages
    ]


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso.replace("Z", "+00:00"))
