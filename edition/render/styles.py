"""What an editor can choose about the EPUB: names that edition.toml and the renderers share."""

from typing import Literal, TypeAlias, get_args

Writing: TypeAlias = Literal["horizontal", "vertical"]
WRITINGS: tuple[Writing, ...] = get_args(Writing)
Split: TypeAlias = Literal["auto", "no", "issue", "month", "year"]  # see volumes
SPLITS: tuple[Split, ...] = get_args(Split)
