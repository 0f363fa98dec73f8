"""`Edition`s to books. What comes in was read from TEI, nothing else; what goes out are bytes.

`book` gathers pages, `xhtml` has one function for each kind of node, `frontmatter` makes title page and colophon;
`epub` and `pdf` dress the same XHTML twice.
"""
