"""A corpus of many editions: the same results as one by one, whatever happens on the way."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import fsspec
import pytest
from test_cli import TEXT, files_under, run, said

from edition.batch import keeper
from edition.batch.run import Settings
from edition.batch.run import run as run_batch
from edition.batch.tasks import Limits

POISON = Path(__file__).parent / "poison"
HARM = {"PYTHONPATH": os.pathsep.join([str(POISON), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)}
OWN = (".edition", "index.html", "report.json")  # what tells of the run, not of the corpus


def corpus(path, volumes=2, pages=2, text=TEXT):
    for v in range(1, volumes + 1):
        folder = path / "1956" / f"05-{v:02}"
        folder.mkdir(parents=True)
        (folder / "edition.toml").write_text(f'id = "v{v}"\ntitle = "某报{v}"\nmodified = 2026-11-21T00:00:00Z\n')
        for n in range(1, pages + 1):
            (folder / f"{n}.txt").write_text(text.replace("三十万", f"{v * 100 + n}万"))
    return path


def results(out):
    """Path to bytes of everything that depends on the sources alone."""
    return {name: (out / name).read_bytes() for name in files_under(out) if not name.startswith(OWN)}


def build(source, out, *more, env=None, only="tei"):
    return run("build", source, "--out", out, "--only", only, *more, env=env)


def test_a_corpus_gives_what_each_edition_would(tmp_path):
    source = corpus(tmp_path / "in")
    said_of_names = 'who = "李编辑"\n[[organisation]]\nname = "县图书馆"\n'
    (source / "1956" / "05-01" / "names.toml").write_text(said_of_names)
    first = build(source, tmp_path / "out", only="tei,text")
    assert first.returncode == 0, said(first)
    assert first.stdout.decode().strip().endswith("index.html") and "4 pages" in said(first)
    for volume in ("1956/05-01", "1956/05-02"):
        assert run("build", source / volume, "--out", tmp_path / "one", "--only", "tei,text").returncode == 0
        assert results(tmp_path / "one") == results(tmp_path / "out" / volume)
        shutil.rmtree(tmp_path / "one")
    rows = [json.loads(line) for line in (tmp_path / "out" / "catalogue.jsonl").read_text().splitlines()]
    assert [row["text"] for row in rows] == ["1.txt", "2.txt"] * 2 and all(row["items"] == 1 for row in rows)
    index = (tmp_path / "out" / "index.html").read_text()
    assert "某报2" in index and "<svg" in index and "1956/05-01/v1.txt" in index


def test_each_worker_has_one_process_however_many_volumes(tmp_path, monkeypatch):
    started, start = [], keeper.Keeper._start
    monkeypatch.setattr(keeper.Keeper, "_start", lambda self, limits: started.append(limits) or start(self, limits))
    source = corpus(tmp_path / "in", volumes=4, pages=1)
    run_batch(Settings(str(source), tmp_path / "out", ("tei",), Limits(60, 2048), 1), lambda event: None)
    assert len(started) == 1 and len(files_under(tmp_path / "out" / "1956/05-04/tei")) == 1


def test_only_what_changed_is_made_again(tmp_path):
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    build(source, out)
    (source / "1956/05-02/2.txt").write_text(TEXT)
    (source / "1956/05-01/1.decisions.toml").write_text(
        'who = "李"\n[[role]]\nline = 1\nrole = "kicker"\ntext = "县"\n'
    )
    report = json.loads(build(source, out, "--json").stdout.decode().splitlines()[-1])
    assert (report["made"], report["unchanged"], report["ok"]) == (2, 2, True)
    shutil.rmtree(source / "1956/05-02")
    report = json.loads(build(source, out, "--json").stdout.decode().splitlines()[-1])
    assert (report["pages"], report["unchanged"]) == (2, 2)


def test_a_page_that_does_harm_is_alone_in_quarantine(tmp_path):
    source = corpus(tmp_path / "in", volumes=3, pages=3)
    for volume, word in enumerate(("POISON-CRASH", "POISON-HANG", "POISON-MEMORY"), 1):
        (source / f"1956/05-0{volume}/2.txt").write_text(TEXT + word)
    out = tmp_path / "out"
    result = build(source, out, "--time-limit", "6", "--memory-limit", "600", env=HARM)
    assert result.returncode == 1 and "quarantine.jsonl" in said(result)
    assert len(list(out.glob("1956/*/tei/*.xml"))) == 6
    rows = [json.loads(line) for line in (out / "quarantine.jsonl").read_text().splitlines()]
    told = {row["volume"]: row["message"] for row in rows}
    assert "SIGSEGV" in told["1956/05-01"] and "6 s" in told["1956/05-02"] and "memory" in told["1956/05-03"]
    again = build(source, out)  # without the harm
    assert again.returncode == 0 and (out / "quarantine.jsonl").read_text() == ""
    assert len(list(out.glob("1956/*/tei/*.xml"))) == 9


@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_killed_and_continued_it_is_the_same(tmp_path, victim):
    source = corpus(tmp_path / "in", volumes=2, pages=4, text=TEXT + "SLOW")
    assert build(source, tmp_path / "calm").returncode == 0
    out = tmp_path / "out"
    command = [sys.executable, "-m", "edition", "build", source, "--out", out, "--only", "tei"]
    with subprocess.Popen(command, env={**os.environ, **HARM}, stdout=subprocess.DEVNULL) as parent:
        wait_for(lambda: list(out.glob(".edition/pages/*/*/*.xml")))
        os.kill(parent.pid if victim == "parent" else children(parent.pid)[0], signal.SIGKILL)
        parent.wait()
    assert build(source, out).returncode == 0
    assert results(out) == results(tmp_path / "calm")
    assert not list(out.rglob("*.part"))


def children(pid):
    tasks = Path(f"/proc/{pid}/task")
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_two_builds_do_not_share_a_folder(tmp_path):
    source, out = corpus(tmp_path / "in", text=TEXT + "SLOW"), tmp_path / "out"
    command = [sys.executable, "-m", "edition", "build", source, "--out", out, "--only", "tei"]
    with subprocess.Popen(command, env={**os.environ, **HARM}, stdout=subprocess.DEVNULL) as first:
        wait_for(lambda: (out / ".edition.lock").exists() and (out / ".edition.lock").read_text())
        second = build(source, out)
        assert second.returncode == 2 and f"process {first.pid}" in said(second)
        assert first.wait() == 0


def test_any_address(tmp_path):
    source = corpus(tmp_path / "in")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        for name in files_under(source):
            packed.write(source / name, name)
    memory = fsspec.filesystem("memory")
    memory.put(f"{source}/", "/paper/", recursive=True)
    build(source, tmp_path / "plain")
    assert build(f"zip://::{tmp_path / 'in.zip'}", tmp_path / "zip").returncode == 0
    run_batch(Settings("memory://paper", tmp_path / "memory", ("tei",), Limits(60, 2048), 1), lambda event: None)
    assert results(tmp_path / "plain") == results(tmp_path / "zip") == results(tmp_path / "memory")


@pytest.mark.parametrize(
    ("address", "word"),
    [("nothing://x", "nothing"), ("zip://::/no/such.zip", "such.zip"), ("memory://not-there", "no such folder")],
)
def test_an_address_that_cannot_be_read(tmp_path, address, word):
    result = build(address, tmp_path / "out")
    assert result.returncode == 2 and word in said(result)


def test_what_is_astray_or_broken_is_told_and_the_rest_goes_on(tmp_path):
    source = corpus(tmp_path / "in")
    (source / "astray.txt").write_text(TEXT)
    (source / "1956/05-01/edition.toml").write_text("id = 7")
    result = build(source, tmp_path / "out")
    assert result.returncode == 1 and "2 volumes could not be built" in said(result)
    rows = [json.loads(line) for line in (tmp_path / "out" / "quarantine.jsonl").read_text().splitlines()]
    assert {row["code"] for row in rows} == {"P-001", "P-003"}
    assert files_under(tmp_path / "out" / "1956/05-02/tei") == ["1.xml", "2.xml"]
    inside = build(source, source / "dist")
    assert inside.returncode == 2 and "lie in each other" in said(inside)


# ---- a cluster


@contextmanager
def cluster(env=None):
    """A real Dask scheduler with two workers on loopback: its address, and the processes of the workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, **(env or {})}}

    def start(kind, *more):
        return subprocess.Popen([sys.executable, "-m", f"distributed.cli.dask_{kind}", *more], **quiet)

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    options = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "60")
    workers = [start("worker", address, *options) for _ in range(2)]
    try:
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.terminate()
        for process in (*workers, scheduler):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def test_on_dask_with_poison_and_a_killed_worker(tmp_path):
    source = corpus(tmp_path / "in", volumes=4, pages=3, text=TEXT + "SLOW")
    build(source, tmp_path / "calm")
    (source / "1956/05-03/2.txt").write_text(TEXT + "POISON-CRASH")
    out = tmp_path / "out"
    with cluster(HARM) as (address, workers):
        command = [sys.executable, "-m", "edition", "build", source, "--out", out, "--only", "tei"]
        command += ["--engine", "dask", "--scheduler", address]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as parent:
            wait_for(lambda: list(out.glob(".edition/pages/*/*/*.xml")))
            for child in children(workers[0].pid):  # the nanny starts another one
                os.kill(child, signal.SIGKILL)
            told = parent.stderr.read().decode()
            assert parent.wait() == 1, told
        assert "1 are in quarantine" in told and "Traceback" not in told
        (source / "1956/05-03/2.txt").write_text((TEXT + "SLOW").replace("三十万", "302万"))
        assert build(source, out, "--engine", "dask", "--scheduler", address).returncode == 0
    assert results(out) == results(tmp_path / "calm")
