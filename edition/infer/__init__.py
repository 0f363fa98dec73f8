"""`Transcript` to `Edition`: what belongs together, and in which order it is read.

The stages, each in its own file, data flowing downward:

    measure    widths in em, the measure of a block, the page's profile
    cells      columns side by side in one line: the words that stand in one column
    squeezed   the same where columns stand a single blank apart
    heights    how far down the page each row stands
    stacks     cells below each other: columns, headlines, captions
    resumed    stacks of one column that are one
    displays   headlines, captions and notes among them
    reading    the order in which stacks are read
    gutters    all of these: the parts of lines in reading order, or none where no columns stand side by side
    ties       whether a line goes on where another stops, by the words at the seam and by the widths
    turns      columns printed line by line by turns: the lines in reading order, or none where that is not so
    blocks     lines to blocks: runs of lines that nobody doubts belong together
    lists      word lists, weights and the words for reasons, read once from data/
    evidence   what can be seen of a text: marks, punctuation, word lists
    forms      lines that are no running text: bylines, credits, what a page prints around its articles
    signatures what signs a text at its end, and whom a signature names
    cues       what the words of a text tell: a name, an office, a speaker, a notice, a picture
    topics     which texts speak of the same thing, by the rare pairs of characters that they share
    looks      what is seen of one block by itself, worked out once
    whole      what is seen of the page as a whole: signatures, lines of one form
    features   what is seen of blocks in their places, as names whose weights are fitted (data/fitted.json)
    lattice    what a block could be, and what could stay open after it
    decoder    the likeliest sequence of roles and joins of the page, and how likely each decision is
    events     decoded blocks to paragraphs, pictures, groups of heads and bylines
    asked      what is seen where a text could belong to more than one item
    stories    these to bodies and groups of heads
    owners     which group of heads belongs to which body: one optimal assignment
    kinds      notices, advertisements and parts of serials among the items
    heads      lines of a group that are one head; which blanks are line breaks
    spans      rows to content: every character becomes text, white space, a mark or bytes
    assemble   all of it to an `Edition`, every character of the source in its place
    structure  the one public function

The editor's word (rulings, from NAME.decisions.toml) is heard at each stage: in blocks where one must begin, in lattice
which roles and joins are left, in stories, owners and heads before anything is weighed.
"""
