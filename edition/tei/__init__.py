"""`Edition` to TEI and back. `write` and `read` are mirror images: `read(write(e)) == e` (law 2).

`header` does both directions for the teiHeader, `restore` rebuilds the source from a TEI file alone (law 1, knowing
nothing of the model), `validate` says what is wrong with a file in a reader's words, `parse` opens XML safely.
"""
