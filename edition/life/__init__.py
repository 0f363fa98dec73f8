"""What becomes of an edition after it is made: releases and their errata, items kept back, how places are cited."""
