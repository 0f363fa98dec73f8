"""An edition as a marked-up galley: one line for each head, paragraph and byline, its role in the margin.

    = article L57
    main      梁溪区举办保安服务⏎行业职业技能大赛
    p 65      大赛形式新颖……（118）
    byline    （缪珏婷）

The numbers after `p` are the lines at which a paragraph goes on over a gap; `?` marks an undecided join. With
`whole=False` a long paragraph shows its edges and its length in characters.
"""

from edition.model.document import Byline, Edition, Figure, Furniture, Item, Paragraph, Section, Subsection
from edition.model.inline import PieceStart
from edition.model.readings import printed, printed_lines
from edition.model.walk import inline_nodes


def galley(edition: Edition, *, whole: bool = True) -> str:
    rows: list[str] = []
    for node in edition.body:
        _node(node, rows, whole)
    return "\n".join(rows) + "\n"


def _node(node, rows, whole):
    match node:
        case Item():
            rows.append(f"= {node.kind} {node.id}")
            _heads(node.heads, rows)
            _blocks(node.blocks, rows, whole)
        case Section():
            rows.append("= section")
            _heads(node.heads, rows)
            for child in node.items:
                _node(child, rows, whole)
        case Furniture():
            rows.append("= page")
            _blocks([node], rows, whole)


def _heads(heads, rows):
    for head in heads:
        rows.append(f"{head.kind:<9} {'⏎'.join(printed_lines(head.content, 'as-source'))}")


def _blocks(blocks, rows, whole):
    for block in blocks:
        match block:
            case Paragraph():
                rows.append(_text("p", block.content, whole))
            case Byline():
                rows.append(f"{'byline':<9} {printed(block.content, 'as-source')}")
            case Furniture():
                shown = "".join(node.text for node in block.content if hasattr(node, "text"))
                rows.append(f"{block.kind:<9} {shown}")
            case Figure():
                for caption in block.captions:
                    rows.append(_text("caption", caption.content, whole))
                for byline in block.bylines:
                    rows.append(f"{'credit':<9} {printed(byline.content, 'as-source')}")
            case Subsection():
                _heads(block.heads, rows)
                _blocks(block.blocks, rows, whole)


def _text(role, content, whole):
    text = printed(content, "as-source")
    joins = [
        f"{node.line}{'?' if node.join == 'maybe' else ''}"
        for node in inline_nodes(content)
        if isinstance(node, PieceStart) and node.join and node.decision
    ]
    if not whole and len(text) > 30:
        text = f"{text[:12]}…{text[-10:]}（{len(text)}）"
    return f"{' '.join([role, *joins]):<9} {text}"
