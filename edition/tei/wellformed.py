"""Why a file cannot be read as XML at all, in the words of somebody who edited it by hand.

Comes in: the bytes, and the first error that the parser met. Goes out: one `Finding` with the line and what to write.
"""

import re

from lxml import etree

from edition.findings import Finding
from edition.tei.names import TEI, local

_ERRORS = etree.ErrorTypes
_TAG = (_ERRORS.ERR_NAME_REQUIRED, _ERRORS.ERR_SPACE_REQUIRED, _ERRORS.ERR_GT_REQUIRED, _ERRORS.ERR_LT_IN_ATTRIBUTE)
_FEW = 0.01  # share of broken bytes under which a file is UTF-8 with a broken place
_ENCODINGS = ("gb18030", "big5", "utf-16")


def unreadable(data: bytes, name: str, error: etree.XMLSyntaxError) -> Finding:
    """The finding for a file that the XML parser refused."""
    line = error.lineno or 1
    where = f"{name}:{line}"
    if error.code == _ERRORS.DTD_ID_REDEFINED:
        return _double_id(data, name, error)
    if _is_cut_off(data):
        return Finding(
            "V-006", where, "the file is cut off in the middle of a character", remedy="take the whole file again"
        )
    if error.code in (_ERRORS.ERR_INVALID_ENCODING, _ERRORS.ERR_UNSUPPORTED_ENCODING, _ERRORS.ERR_UNKNOWN_ENCODING) or (
        error.code in (_ERRORS.I18N_CONV_FAILED, _ERRORS.ERR_INVALID_CHAR) and not _is_utf8(data)
    ):
        return _encoding(data, where)
    if found := re.search(r"Opening and ending tag mismatch: (\S+) line (\d+) and ([^\s,]+)", error.msg or ""):
        return _not_closed(name, found, line)
    message, remedy = _words(data, line, error)
    return Finding("V-006", where, message, remedy=remedy)


def _not_closed(name: str, found: re.Match[str], line: int) -> Finding:
    opened, at, closing = found.groups()
    message = f"<{opened}> is still open where </{closing}> stands (line {line})"
    return Finding(
        "V-006", f"{name}:{at}", message, remedy=f"close it with </{opened}>, or correct the name of one of the two"
    )


def _words(data: bytes, line: int, error: etree.XMLSyntaxError) -> tuple[str, str]:
    said = error.msg or ""
    row = (data.split(b"\n")[line - 1 : line] or [b""])[0].decode("utf-8", "replace")
    if not data.strip():
        return "the file is empty", "take the file from dist/tei again"
    if found := re.search(r"&(?!(#\d+|#x[0-9A-Fa-f]+|[A-Za-z][\w.-]*);)", row):
        return f"a bare & stands in “{_around(row, found.start())}”", "write &amp; for the character &"
    if found := re.search(r"Entity '(\S+)' not defined", said):
        return f"&{found[1]}; is not known", f"write the character itself in place of &{found[1]};"
    if found := re.search(r"<(?![A-Za-z_/!?])", row):
        return f"a bare < stands in “{_around(row, found.start())}”", "write &lt; for the character <"
    if found := re.search(r"Premature end of data in tag (\S+) line (\d+)", said):
        return f"the file ends, but <{found[1]}> of line {found[2]} is still open", f"close it with </{found[1]}>"
    if found := re.search(r"attribute value (\S+) is not an NCName", said):
        return f'xml:id="{found[1]}" does not begin with a letter, or has a blank in it', 'write it as in xml:id="L12"'
    if found := re.search(r"invalid Char value (\d+)", said):
        return f"the control character U+{int(found[1]):04X} stands in the text, which XML cannot hold", "take it away"
    if found := re.search(r"Attribute (\S+) redefined", said):
        return f"the attribute {found[1]} stands twice in one tag", "keep one of the two"
    if error.code in (_ERRORS.ERR_ATTRIBUTE_NOT_STARTED, _ERRORS.ERR_ATTRIBUTE_WITHOUT_VALUE):
        return "the value of an attribute is not between quotation marks", 'write it as in n="12", with straight marks'
    if error.code == _ERRORS.ERR_DOCUMENT_END:
        return (
            "something stands after the end of the file's root element",
            "the file ends with </TEI>; take the rest away",
        )
    if found := re.search(r"Namespace prefix (\S+) for (\S+) on (\S+) is not defined", said):
        return (
            f"{found[1]}:{found[2]} of <{found[3]}> begins with a prefix that nothing explains",
            "write it as in xml:id, or take it away",
        )
    if error.code in _TAG:
        shown = _tag_at(row, error.position[1])
        return (
            f"a tag is not written right: “{shown}”",
            'each attribute is a blank, its name, =, and its value between two "; a tag ends with >',
        )
    return f"not well-formed XML: {said}", ""


def _tag_at(row: str, column: int) -> str:
    """The beginning of the tag at a place of a line."""
    start = row.rfind("<", 0, max(column - 1, 1))
    return row[max(start, 0) :][:40].strip()


def _around(row: str, at: int) -> str:
    return row[max(0, at - 8) : at + 9].strip()


def _double_id(data: bytes, name: str, error: etree.XMLSyntaxError) -> Finding:
    found = re.search(r"ID (.+) already defined", error.msg or "")
    id_ = found[1] if found else "?"
    first = re.search(rb"xml:id\s*=\s*[\"']" + re.escape(id_.encode()) + rb"[\"']", data)
    line = data.count(b"\n", 0, first.start()) + 1 if first else "?"
    message = f'xml:id="{id_}" stands at line {line} already'
    return Finding("V-015", f"{name}:{error.lineno or 1}", message)


def _encoding(data: bytes, where: str) -> Finding:
    text = data.decode("utf-8", "replace")
    if 0 < text.count("\ufffd") < _FEW * len(text) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        line = text.partition("\ufffd")[0].count("\n") + 1
        row = text.split("\n")[line - 1]
        shown = _around(row, row.index("\ufffd"))
        message = f"a byte that belongs to no character stands in “{shown}”"
        return Finding("V-007", f"{where.rpartition(':')[0]}:{line}", message, remedy="write the character there again")
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", data)
    says = declared[1].decode("ascii", "replace") if declared else "UTF-8, for it declares nothing else"
    really = [encoding for encoding in ("utf-8", *_ENCODINGS) if _decodes(data, encoding)]
    looks = f"; it looks like {really[0].upper()}" if really else ""
    remedy = 'save it as UTF-8 and let it begin with <?xml version="1.0" encoding="UTF-8"?>'
    return Finding("V-007", where, f"the file says that it is {says}, and its bytes are not{looks}", remedy=remedy)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _is_cut_off(data: bytes) -> bool:
    return not _is_utf8(data) and any(_is_utf8(data[:-last]) for last in (1, 2, 3))


def _is_utf8(data: bytes) -> bool:
    return _decodes(data, "utf-8")


def not_tei(root: etree._Element, name: str) -> Finding:
    """The finding for a document whose root element is not TEI's."""
    space = etree.QName(root).namespace
    if local(root) == "TEI":
        said = f"the namespace {space!r}" if space else "no namespace"
        message, remedy = f"<TEI> is in {said}, not in that of TEI", f'write <TEI xmlns="{TEI}">'
    else:
        message = f"the root element is <{local(root)}>, not <TEI>"
        remedy = "give a TEI file that `edition` wrote, or one corrected from it"
    return Finding("V-008", f"{name}:{root.sourceline or 1}", message, remedy=remedy)
