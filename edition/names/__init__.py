"""Names in running text: persons, bodies, places and dates as spans with a probability.

Text in, spans out: this room knows nothing of pages or TEI. `find` in `spans` is the way in; each kind has its own
file. What is told are proper names; `市总工会` or `该公司`, which only their page makes definite, are none.
"""
