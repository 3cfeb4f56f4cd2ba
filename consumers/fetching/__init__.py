"""From an entry, a page or a file to an ``Article``: text, language, address, author, agencies it cites.

In: a feed's entry, HTML, or plain text. Out: readable text with offsets that stay, in which everything that is no prose
is marked as such. Pages are read in a process that is killed at a deadline (``PageReader``).
"""

from consumers.fetching.charset import looks_like_html
from consumers.fetching.reading import article_from_html, article_from_text, fetch_article

__all__ = ["article_from_html", "article_from_text", "fetch_article", "looks_like_html"]
