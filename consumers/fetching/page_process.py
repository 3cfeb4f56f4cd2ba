"""What the process that reads pages runs; its import brings along all that a page needs, before one comes."""

import json

import trafilatura  # noqa: F401

from consumers.fetching.page import PAGE, read_page


def work(payload: bytes) -> bytes:
    """A line of JSON (``url``, ``content_type``), then the body; back comes the page as JSON."""
    head, _, body = payload.partition(b"\n")
    about = json.loads(head)
    return PAGE.dump_json(read_page(body, about["content_type"], about["url"]))
