"""The closed vocabulary of an edition: what may exist between a source file and a printed page.

Read `source` (what the OCR file said), `inline` (what stands in a line of text), `document` (how blocks and
items are nested), `header` (what is known about the page), then `readings` (how the text reads when printed), which
stands on `regular` (the policy), `marks` and `pairs` (what belongs to Chinese text, what belongs together) and `regime`
(how a page writes). Everything kept is a frozen value; nothing here opens a file or decides what a text is.
"""
