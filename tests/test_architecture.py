"""The shape of the package, kept true."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "edition"
# Upper rows may import lower rows; names on one row may not import each other.
LAYERS = [
    {"__main__"},
    {"cli"},
    {"review", "batch"},
    {"evaluate", "why", "verify", "history", "diff"},
    {"build"},
    {"config"},
    {"readers", "infer", "passes", "tei", "render", "archive", "life"},
    {"names"},
    {"words", "fonts"},
    {"decisions", "gazetteer"},
    {"findings"},
    {"model"},
    {"files", "tables"},
    {"errors"},
]
RANK = {name: rank for rank, row in enumerate(LAYERS) for name in row}
MODULES = sorted(ROOT.rglob("*.py"))
HEAVY = {
    "fsspec": "batch",
    "distributed": "batch",
    "pypinyin": "render",
    "starlette": "review",
    "uvicorn": "review",
    "weasyprint": "render",
    "ebooklib": "render",
    "PIL": "render",
    "jieba": "words",
    "rjieba": "words",
}


def imported(path):
    """Full names of what a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                assert level == 0, f"{path}: write imports in full"
                yield from (f"{module}.{alias.name}" for alias in names)


def room(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_downward(path):
    here = room(path)
    if here in ("__init__", "data"):
        return
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "edition" and parts[1] not in ("__version__", here):
            assert RANK[parts[1]] > RANK[here], f"{here} must not import {parts[1]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_fits_in_one_sitting(path):
    assert len(path.read_text().splitlines()) <= 400


def test_no_circles():
    modules = {f"edition.{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}": path for path in MODULES}
    edges = {}
    for name, path in modules.items():
        found = set(imported(path))
        found |= {target.rpartition(".")[0] for target in found}
        edges[name] = {target for target in found if target in modules and target != name}
    done, busy = set(), []

    def visit(name):
        assert name not in busy, " -> ".join([*busy, name])
        if name not in done:
            busy.append(name)
            for target in sorted(edges[name]):
                visit(target)
            done.add(busy.pop())

    for name in edges:
        visit(name)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_engines_stay_in_their_rooms(path):
    for name in imported(path):
        top = name.split(".")[0]
        assert top not in HEAVY or room(path) == HEAVY[top]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_command_line_prints_and_catches_everything(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            assert room(path) == "cli"
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or (
                isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
            )
            assert not broad or room(path) in ("cli", "build", "batch")  # the last two: around one page


def test_nothing_of_the_sample_pages_is_wired_in():
    """No run of four Chinese characters that only the sample pages know stands in code, lists or weights."""
    pages = "".join(path.read_text() for path in sorted((ROOT.parent / "seeds").glob("*.txt")))
    for place in ("无锡", "江阴", "梁溪", "锡山", "惠山", "华润", "产改", "瑜伽", "潘凡", "红豆", "江南晚报"):
        assert place in pages
        for path in [*MODULES, *ROOT.rglob("*.toml")]:
            code = "\n".join(line for line in path.read_text().splitlines() if not _is_prose(line))
            assert place not in code, f"{path} knows {place}"


def _is_prose(line):
    """Docstrings and comments may give an example; quoted strings of code may not."""
    stripped = line.strip()
    return stripped.startswith(("#", "`", '"""')) or "`" in stripped or "#" in stripped
