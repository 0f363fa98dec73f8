"""What the passes that look for names are given besides the edition."""

from dataclasses import dataclass, field

from edition import gazetteer
from edition.gazetteer import Gazetteer
from edition.names.layers import Layers
from edition.words import Dictionary, Segment


@dataclass(frozen=True, slots=True)
class Given:
    """The program's responsibility, its words, and what an editor said."""

    resp: str  # the xml:id of the program in the header
    dictionary: Dictionary
    layers: Layers = field(default_factory=Layers)
    gazetteer: Gazetteer = gazetteer.NONE  # of this page
    editors: dict[str, str] = field(default_factory=dict)  # name of an editor -> xml:id
    segment: Segment | None = None  # cuts a text into words; None where no keywords are wanted
