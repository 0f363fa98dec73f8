"""`Transcript` to `Edition`: what belongs together, and in which order it is read.

The stages, each in its own file, data flowing downward:

    measure    widths in em, the measure of a block, the page's profile
    blocks     lines to blocks: runs of lines that nobody doubts belong together
    evidence   what can be seen of a block: marks, forms, punctuation, word lists
    scores     evidence to weighted reasons (data/weights.toml) for roles and for joins
    decoder    the likeliest sequence of roles and joins of the page, and how likely each decision is
    stories    the decoded blocks to bodies and groups of heads; crosshead or new article
    owners     which group of heads belongs to which body: one optimal assignment
    heads      kicker, headline, subtitle inside a group
    assemble   all of it to an `Edition`, every character of the source in its place
    structure  the one public function

The editor's word (rulings, from NAME.decisions.toml) is heard at each stage: in blocks where one must begin, in decoder
which roles and joins are left, in stories, owners and heads as a reason that nothing outweighs.
"""
