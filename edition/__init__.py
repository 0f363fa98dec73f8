"""Turn OCR text of Chinese newspaper pages into TEI, EPUB and PDF."""

__version__ = "0.1.0"
