"""The editor's desk: a local web page on which a person checks a page of the edition and corrects it.

ledger    the text of NAME.decisions.toml, entries put in and taken out, the editor's own lines left as they are
acts      what the browser asks for, to entries of that file or of names.toml; refused with the reason where it cannot be
queue     every decision of a page as a question: how doubtful, what an error would cost, whether it was checked
view      a page as the browser shows it: its lines, its structure, its printed form, its questions
desk      the pages of one folder, opened, changed, undone; the only file here that reads and writes
server    HTTP around the desk: who may ask, and what is answered
site/     the web page itself
"""
