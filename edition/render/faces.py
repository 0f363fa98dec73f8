"""The three faces of the EPUB: 宋 to read, 黑 for heads, 楷 for kickers, bylines and captions.

Which fonts a reader's device has is not known, so each is a list of the families that devices are sold with; an
edition may carry the three itself, cut down to the characters that each of them sets.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias, get_args

from lxml import etree

from edition.render.packaging import Part

Role: TypeAlias = Literal["serif", "sans", "kai", "rare"]
ROLES: tuple[Role, ...] = get_args(Role)  # rare: characters that the 宋 lacks, for every face
EMBEDDED = {"serif": "Edition Serif", "sans": "Edition Sans", "kai": "Edition Kai", "rare": "Edition Rare"}
_HANS = {
    "serif": ("Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "STSong", "SimSun", "SimSun-ExtB"),
    "sans": ("PingFang SC", "Heiti SC", "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "SimHei"),
    "kai": ("Kaiti SC", "STKaiti", "LXGW WenKai", "KaiTi"),
}  # fmt: skip
_HANT = {
    "serif": ("Songti TC", "Source Han Serif TC", "Noto Serif CJK TC", "Noto Serif TC", "PMingLiU", "MingLiU", "MingLiU-ExtB"),
    "sans": ("PingFang TC", "Heiti TC", "Source Han Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei"),
    "kai": ("Kaiti TC", "BiauKai", "LXGW WenKai TC", "DFKai-SB"),
}  # fmt: skip
_GENERIC = {"serif": "serif", "sans": "sans-serif", "kai": "serif"}
_HEADS = ("h1", "h2", "h3")
_KAI = {"kicker", "subtitle", "byline", "credit", "caption", "furniture-line", "extent", "papers", "publisher"}
NARROW = "“”‘’"  # half as wide as a character in the usual 楷, so they come from the 宋
APPLE = Part(
    "apple", "META-INF/com.apple.ibooks.display-options.xml", "application/xml",
    b'<?xml version="1.0" encoding="UTF-8"?>\n<display_options><platform name="*">'
    b'<option name="specified-fonts">true</option></platform></display_options>\n',
    in_manifest=False,
)  # fmt: skip


def traditional(language: str) -> bool:
    """Whether a language tag means traditional characters."""
    parts = language.lower().split("-")
    return "hant" in parts or ("hans" not in parts and any(region in parts for region in ("tw", "hk", "mo")))


def stack(role: Role, language: str, embedded: Iterable[Role] = ()) -> str:
    """The families of a role as CSS has them."""
    families = list((_HANT if traditional(language) else _HANS)[role])
    families = [*(EMBEDDED[each] for each in dict.fromkeys([role, "serif", "rare"]) if each in embedded), *families]
    return ", ".join([*(f'"{family}"' for family in families), _GENERIC[role]])


def rule(role: Role, path: str) -> str:
    """The @font-face of an embedded font."""
    weight = "bold" if role == "sans" else "normal"
    return (
        f'@font-face {{ font-family: "{EMBEDDED[role]}"; font-weight: {weight}; font-style: normal; '
        f'src: url("../{path}"); }}\n'
    )


class Used:
    """The characters that each face sets."""

    def __init__(self) -> None:
        self.characters: dict[Role, set[str]] = {role: set() for role in ROLES}

    def note(self, root: etree._Element) -> None:
        """Take in a tree of XHTML; contents are set in 宋 and, on their first level, in 黑."""
        self._note(root, "serif")
        if str(root.tag).endswith("}nav"):
            self._note(root, "sans")

    def _note(self, node: etree._Element, role: Role) -> None:
        role = _role(node) or role
        self._text(node.text, role)
        for child in node:
            self._note(child, role)
            self._text(child.tail, role)

    def _text(self, text: str | None, role: Role) -> None:
        if text:
            chars = set(text)
            self.characters["serif"] |= chars & set(NARROW) if role == "kai" else set()
            self.characters[role] |= chars - set(NARROW) if role == "kai" else chars

    def __iter__(self) -> Iterator[tuple[Role, str]]:
        """Each role with its characters, in order; for `rare` all there are."""
        every = set().union(*self.characters.values())
        return (
            (role, "".join(sorted((every if role == "rare" else chars) - set(" \n\t"))))
            for role, chars in self.characters.items()
        )


def _role(node: etree._Element) -> Role | None:
    names = set((node.get("class") or "").split())
    if "rubric" in names or (str(node.tag).rpartition("}")[2] in _HEADS and not names & {"page-label", "title"}):
        return "sans"
    return "kai" if _KAI & names else None
