"""Is this article the story we had, and does it bring anything new. Pure.

In: an article's text and extraction, and what is known of a story. Out: ``fingerprint`` and ``is_copy`` decide whether
two texts are one; ``news`` says which statements, numbers and actors nobody had reported before.
"""

from consumers.stories.copies import Fingerprint, fingerprint, is_copy
from consumers.stories.known import Known
from consumers.stories.novelty import News, news

__all__ = ["Fingerprint", "Known", "News", "fingerprint", "is_copy", "news"]
