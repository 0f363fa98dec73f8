"""The names of TEI that both directions use."""

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
T = f"{{{TEI}}}"
ID = f"{{{XML}}}id"
LANG = f"{{{XML}}}lang"
NSMAP: dict[str | None, str] = {None: TEI, "tei": TEI}  # the prefix is for the XPaths of refsDecl
EDITOR = {
    T + name for name in ("reg", "corr", "supplied", "note", "rt", "figDesc", "desc")
}  # adds nothing to the source
# of an entity: its list, the entry and the name inside, in the order of the file
ENTITIES = {
    "person": ("listPerson", "person", "persName"),
    "org": ("listOrg", "org", "orgName"),
    "place": ("listPlace", "place", "placeName"),
}


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
