"""Many editions: a tree of folders with an edition.toml each, built by the same function as one, page by page.

What comes in: an address (a folder, or anything that fsspec opens) and a folder for the results. What goes out: for
each folder with an edition.toml what `edition build` would have written for it, and over all of them a catalogue and a
report. The rooms: `corpus` lists, `tasks` names what is sent, `server` is the process that makes pages, `keeper` guards
one such process, `chunk` is the function that an engine runs, `engines` are this machine or a Dask cluster, `ledger`
remembers, `run` puts them together, `catalogue` and `report` tell.
"""
