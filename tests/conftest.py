"""What all tests share: the five sample pages, built once."""

import os
import shutil
from pathlib import Path

import pytest

from edition import build, words

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
os.environ.pop("SOURCE_DATE_EPOCH", None)


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite expectations; read the diff before committing"
    )


@pytest.fixture(scope="session")
def update_golden(request):
    return request.config.getoption("--update-golden")


@pytest.fixture(scope="session")
def dictionary():
    return words.load()


@pytest.fixture(scope="session")
def dist(tmp_path_factory):
    """The sample pages, built from a copy, so that nothing can depend on where they stand."""
    source = tmp_path_factory.mktemp("somewhere") / "seeds"
    shutil.copytree(SEEDS, source)
    out = tmp_path_factory.mktemp("dist")
    build.build(source, out, build.KINDS, force=True, report=lambda line: None)
    return out


@pytest.fixture(scope="session")
def teis(dist):
    return {path.stem: path.read_bytes() for path in sorted((dist / "tei").glob("*.xml"))}
