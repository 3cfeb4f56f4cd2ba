"""Names: where a text names somebody the catalogue knows. In: text, language, catalogue, day. Out: mentions.

``vocabulary`` (forms of one language in an automaton) → ``hits`` (word bounds, case, accents) → ``doubts`` (what is
something else) → ``support`` (short forms, surnames) → ``grammar`` (titles). Pure; what differs between languages is in
``lists/``.
"""

from consumers.extracting.names.find import Reading, find_names, read_names
from consumers.extracting.names.vocabulary import vocabulary

__all__ = ["Reading", "find_names", "read_names", "vocabulary"]
