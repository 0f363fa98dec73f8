"""The BagIt Profile that our bags keep: what bag-info.txt holds, which digests, which files must be there.

After the BagIt Profiles Specification 1.4 (bagit-profiles). It travels in every bag as bagit-profile.json, so that a
bag can be checked against it without any address on the web.
"""

import json
from collections.abc import Iterator

from edition.archive.bag import ALGORITHMS
from edition.archive.fixity import AGENT
from edition.archive.holdings import KINDS, Holdings, told

NAME = "bagit-profile.json"
IDENTIFIER = "urn:uuid:0c1a4f62-6f0e-5d0b-9a5e-6b0a4c1f7d11"  # of this profile, whatever its version
VERSION = "1"
README = "README.txt"
_REQUIRED = (
    "BagIt-Profile-Identifier",
    "Bag-Software-Agent",
    "Bagging-Date",
    "External-Description",
    "External-Identifier",
    "Payload-Oxum",
    *(f"Rights-{kind.capitalize()}" for kind in KINDS),
)
_OPTIONAL = ("Source-Organization", "Bag-Size", "Edition-Version", "Access")


def write() -> bytes:
    """The profile as JSON."""
    fields: dict[str, object] = {name: {"required": True, "repeatable": False} for name in _REQUIRED}
    fields |= {name: {"required": False, "repeatable": False} for name in _OPTIONAL}
    whole = {
        "BagIt-Profile-Info": {
            "BagIt-Profile-Identifier": IDENTIFIER,
            "BagIt-Profile-Version": "1.4.0",
            "Source-Organization": "edition",
            "Contact-Name": "unknown",
            "External-Description": "A digital edition of newspaper pages: TEI, sources, schema, books, as an RO-Crate.",
            "Version": VERSION,
        },
        "Bag-Info": fields,
        "Manifests-Required": list(ALGORITHMS),
        "Tag-Manifests-Required": list(ALGORITHMS),
        "Tag-Files-Required": [README, NAME],
        "Allow-Fetch.txt": False,
        "Serialization": "optional",
        "Accept-Serialization": ["application/zip", "application/x-tar"],
        "Accept-BagIt-Version": ["1.0"],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def info(held: Holdings) -> Iterator[tuple[str, str]]:
    """The lines of bag-info.txt that the profile asks for; size and Payload-Oxum come with the manifests."""
    yield "BagIt-Profile-Identifier", IDENTIFIER
    yield "Bag-Software-Agent", AGENT + held.program
    yield "Bagging-Date", held.day
    if held.publisher:
        yield "Source-Organization", held.publisher
    yield "External-Identifier", held.id
    yield "External-Description", held.title
    if held.version:
        yield "Edition-Version", held.version
    if held.is_sealed:
        yield "Access", "sealed: it holds text that may not be published; README.txt lists it"
    for kind in KINDS:
        yield f"Rights-{kind.capitalize()}", told(held.right(kind))
