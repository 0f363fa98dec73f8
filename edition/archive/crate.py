"""The payload described as an RO-Crate 1.1: every file with its type, size, digest, rights and what it was made from.

Written by hand, for the `rocrate` library stamps its own time; the tests read it back with that library.
"""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from edition.archive.bag import Digests
from edition.archive.holdings import KINDS, UNKNOWN, Holdings, Page, Scan, covered, media_type, of_items, told
from edition.model.header import ItemRight, RightsSubject
from edition.model.labels import page_label

NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_SCHEMA = "schema/edition.rng"
_PROGRAM = "#edition"
_ACTION = "#build"
Entity = dict[str, object]


def write(held: Holdings, files: Mapping[str, Digests]) -> bytes:
    """ro-crate-metadata.json; `files` are the payload's other files by their path."""
    graph = [_descriptor(), _root(held, files)]
    graph += [_file(held, name, files[name]) for name in sorted(files)]
    graph += [_scan(held, scan) for scan in held.scans if scan.state != "included"]
    graph += [*_rights(held), *_item_rights(held), *_people(held), _program(held), _action(held, files)]
    whole = {"@context": _CONTEXT, "@graph": graph}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _descriptor() -> Entity:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }


def _root(held: Holdings, files: Mapping[str, Digests]) -> Entity:
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": held.id,
        "name": held.title,
        "description": description(held),
        "datePublished": held.day,
        "inLanguage": held.language,
        "license": _refs([_right_id(held, kind) for kind in KINDS]),
        "hasPart": [_ref(address(name)) for name in sorted(files)]
        + [_ref(_scan_id(scan)) for scan in held.scans if scan.state != "included"],
    }
    if held.version:
        root["version"] = held.version
    if held.editors:
        root["editor"] = [_ref(f"#editor{number}") for number, _ in enumerate(held.editors, 1)]
    if held.publisher:
        root["publisher"] = _ref("#publisher")
    return root


def description(held: Holdings) -> str:
    """The deposit in two sentences, English and Chinese."""
    return (
        f"Digital edition of {len(held.pages)} newspaper page(s) with {held.items} item(s): TEI P5 from OCR text, the "
        "sources, the schema, and EPUB and PDF made from the TEI alone. "
        f"由报纸版面的文字识别（OCR）文本制成的数字版：{len(held.pages)} 个版面，{held.items} 篇；含 TEI、来源文件、模式，以及由 TEI 制成的 EPUB 与 PDF。"
    )


def address(path: str) -> str:
    """A path in the payload as an @id."""
    return quote(path)


def _file(held: Holdings, name: str, digests: Digests) -> Entity:
    kind = media_type(name)
    entity: Entity = {
        "@id": address(name),
        "@type": ["File", "ImageObject"] if kind.startswith("image/") else "File",
        "name": name.rpartition("/")[2],
        "encodingFormat": kind,
        "contentSize": str(digests.size),
        "sha256": digests.sha256,
        "license": _refs([*(_right_id(held, subject) for subject in covered(name)), *_item_right_ids(held, name)]),
    }
    page = next((page for page in held.pages if page.tei == name), None)
    if page:
        entity |= _page(page)
    elif name.startswith("editions/"):
        entity["isBasedOn"] = [_ref(address(page.tei)) for page in held.pages]
    return entity


def _page(page: Page) -> Entity:
    source = {"isBasedOn": _ref(address(page.source))} if page.has_source else {}
    return {"description": page_label(page.edition.header), "conformsTo": _ref(_SCHEMA), **source}


def _scan(held: Holdings, scan: Scan) -> Entity:
    """A picture that is not in the bag: an address on the web, or a file that was named but not there."""
    if scan.state == "remote":
        kind: object = ["File", "ImageObject"] if media_type(scan.address).startswith("image/") else "File"
        told = "The scan of the page, at an address of its own; it is not in this bag."
    else:
        kind, told = "ImageObject", "The scan of the page is named in edition.toml, but the file was not there."
    return {
        "@id": _scan_id(scan),
        "@type": kind,
        "name": scan.address,
        "description": told,
        "license": _ref(_right_id(held, "pictures")),
        "about": _ref(address(f"tei/{scan.page}.xml")),
    }


def _scan_id(scan: Scan) -> str:
    return scan.address if scan.state == "remote" else f"#missing-scan-{quote(scan.address)}"


def _right_id(held: Holdings, kind: RightsSubject) -> str:
    return held.right(kind).uri or f"#rights-{kind}"


def _item_right_ids(held: Holdings, name: str) -> list[str]:
    """The rights in single items of a page, for its TEI."""
    return [_item_right_id(page, one) for page, one in of_items(held.pages) if page.tei == name]


def _item_right_id(page: Page, one: ItemRight) -> str:
    return f"#rights-{one.right.subject}-{quote(page.stem)}-{one.item}"


def _item_rights(held: Holdings) -> Iterator[Entity]:
    for page, one in of_items(held.pages):
        what = f"Rights in {one.right.subject} of item {one.item} of {page.tei}: {told(one.right)}"
        entity: Entity = {"@id": _item_right_id(page, one), "@type": "CreativeWork", "name": what}
        yield entity | ({"license": _ref(one.right.uri)} if one.right.uri else {})


def _rights(held: Holdings) -> Iterator[Entity]:
    """One entity for each address of rights, and one for each kind whose address is unknown."""
    done: dict[str, list[str]] = {}
    for kind in KINDS:
        done.setdefault(_right_id(held, kind), []).append(f"{kind}: {told(held.right(kind))}")
    for id_, words in done.items():
        name = (
            id_
            if not id_.startswith("#")
            else f"Rights in {id_.removeprefix('#rights-')}: {words[0].partition(': ')[2]}"
        )
        note = (
            " Where it says unknown, neither the source nor the editor stated any rights."
            if UNKNOWN in "".join(words)
            else ""
        )
        yield {"@id": id_, "@type": "CreativeWork", "name": name, "description": "; ".join(words) + "." + note}


def _people(held: Holdings) -> Iterator[Entity]:
    for number, name in enumerate(held.editors, 1):
        yield {"@id": f"#editor{number}", "@type": "Person", "name": name}
    if held.publisher:
        yield {"@id": "#publisher", "@type": "Organization", "name": held.publisher}


def _program(held: Holdings) -> Entity:
    return {
        "@id": _PROGRAM,
        "@type": "SoftwareApplication",
        "name": "edition",
        "version": held.program,
        "description": "Turns OCR text of Chinese newspaper pages into TEI, and that TEI into EPUB and PDF.",
    }


def _action(held: Holdings, files: Mapping[str, Digests]) -> Entity:
    made = [name for name in sorted(files) if name.startswith(("tei/", "editions/"))]
    return {
        "@id": _ACTION,
        "@type": "CreateAction",
        "name": "OCR text to TEI, TEI to EPUB and PDF",
        "instrument": _ref(_PROGRAM),
        "object": [_ref(address(page.source)) for page in held.pages if page.has_source],
        "result": [_ref(address(name)) for name in made],
        "endTime": held.issued,
    }


def _ref(id_: str) -> Entity:
    return {"@id": id_}


def _refs(ids: list[str]) -> object:
    """One reference, or a list of them, each once."""
    once = [_ref(id_) for id_ in dict.fromkeys(ids)]
    return once[0] if len(once) == 1 else once
