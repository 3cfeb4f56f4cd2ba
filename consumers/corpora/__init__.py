"""Corpora of other people, and texts of our own in their forms: how near reading comes to what is marked in them.

``at_hand`` (which of them are in a folder) → ``documents`` (lines) → ``quotations`` · ``attributions`` · ``statements``
(the measures of each kind) → ``wirewatch quality``. Nothing of a corpus is part of wirewatch.
"""
