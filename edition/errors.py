"""Trouble with the run: what could not be done, where, why, and what to do about it.

    EditionError            exit code 2
    ├── UsageError          the command was given what it cannot work with
    ├── ConfigError         edition.toml or a decisions file says something it may not
    ├── SourceError         a source file cannot be used
    ├── TeiError            a TEI file is not one of ours
    ├── MissingTool         a font or library of the system is not there
    ├── OutputError         a result could not be written
    └── LawError            exit code 1: the program broke its own promise; a defect, with the page kept as it was

What is doubtful in the *text* is never an exception but a `Finding` (see `findings.py`).
"""


class EditionError(Exception):
    """Something a person can put right. `message` says what and why, `where` names the file and line."""

    exit_code = 2

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        todo = f"\n  → {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{todo}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.where, self.remedy)


def _rebuild(kind: type[EditionError], message: str, where: str, remedy: str) -> EditionError:
    return kind(message, where=where, remedy=remedy)


class UsageError(EditionError):
    """The command was given what it cannot work with."""


class ConfigError(EditionError):
    """edition.toml or a decisions file says something it may not."""


class SourceError(EditionError):
    """A source file cannot be used."""


class TeiError(EditionError):
    """A TEI file is not one of ours."""


class MissingTool(EditionError):
    """A font or a library of the system is not there."""


class OutputError(EditionError):
    """A result could not be written."""


class LawError(EditionError):
    """The program broke one of its own laws."""

    exit_code = 1
