"""Which validators a server gives, and which it must get back: (script, what its requests carry in order)."""

from collections.abc import Sequence

from tests.e2e.scripted_feed import Step, not_modified, ok, refused, wire

Pair = tuple[str | None, str | None]
NONE: Pair = (None, None)
DATE, LATER = "Tue, 03 Nov 2026 10:00:00 GMT", "Tue, 03 Nov 2026 11:00:00 GMT"


def etag(value: str) -> str:
    return f"ETag: {value}"


def dated(value: str) -> str:
    return f"Last-Modified: {value}"


def echoed(value: str) -> tuple[Sequence[Step], Sequence[Pair]]:
    return [ok(etag(value)), not_modified()], [NONE, (wire(value), None), (wire(value), None)]


def echoed_date(value: str) -> tuple[Sequence[Step], Sequence[Pair]]:
    return [ok(dated(value)), not_modified()], [NONE, (None, wire(value)), (None, wire(value))]


VALIDATORS: dict[str, tuple[Sequence[Step], Sequence[Pair]]] = {
    "a strong ETag": echoed('"abc"'),
    "a weak ETag": echoed('W/"abc"'),
    "an ETag without quotes": echoed("abc-123"),
    "an ETag of odd characters": echoed('"a b;c=\\d, é-ß|日本/gzip"'),
    "an ETag of one byte that is not UTF-8": (
        [ok(b'ETag: "caf\xe9"'), not_modified()],
        [NONE, ('"caf\xe9"', None), ('"caf\xe9"', None)],
    ),
    "an ETag of half a quote": echoed('"abc'),
    "an empty ETag in quotes": echoed('""'),
    "a long ETag": echoed('"' + "x" * 1500 + '"'),
    "a Last-Modified": echoed_date(DATE),
    "a Last-Modified that is no date": echoed_date("gestern, 25:99 Uhr"),
    "a Last-Modified in another form": echoed_date("Tuesday, 03-Nov-26 10:00:00 +0100"),
    "a Last-Modified of zero": echoed_date("0"),
    "both": ([ok(etag('"b"'), dated(DATE)), not_modified()], [NONE, ('"b"', DATE), ('"b"', DATE)]),
    "none at all": ([ok()], [NONE, NONE, NONE, NONE]),
    "new ones with the same body": (
        [ok(etag(f'"v{number}"'), dated(DATE)) for number in range(1, 5)],
        [NONE, ('"v1"', DATE), ('"v2"', DATE), ('"v3"', DATE)],
    ),
    "a newer date with the same ETag": (
        [ok(etag('"same"'), dated(DATE)), ok(etag('"same"'), dated(LATER))],
        [NONE, ('"same"', DATE), ('"same"', LATER)],
    ),
    "new ones on a 304": (
        [ok(etag('"1"'), dated(DATE)), not_modified(etag('W/"2"'), dated(LATER)), not_modified()],
        [NONE, ('"1"', DATE), ('W/"2"', LATER), ('W/"2"', LATER)],
    ),
    "one of two on a 304": (
        [ok(etag('"1"'), dated(DATE)), not_modified(dated(LATER)), not_modified(etag('"2"')), not_modified()],
        [NONE, ('"1"', DATE), ('"1"', LATER), ('"2"', LATER)],
    ),
    "none any more": (
        [ok(etag('"1"'), dated(DATE)), ok(items="<item><title>x</title></item>")],
        [NONE, ('"1"', DATE), NONE, NONE],
    ),
    "none any more with the same body": ([ok(etag('"1"')), ok()], [NONE, ('"1"', None), NONE]),
    "only the date any more": (
        [ok(etag('"1"'), dated(DATE)), ok(dated(LATER)), not_modified()],
        [NONE, ('"1"', DATE), (None, LATER), (None, LATER)],
    ),
    "others on an error": (
        [ok(etag('"1"')), refused("500 Oh", etag('"error"'), dated(DATE)), not_modified()],
        [NONE, ('"1"', None), ('"1"', None), ('"1"', None)],
    ),
    "others on a page that is no feed": (
        [ok(etag('"1"')), refused("200 OK", etag('"maintenance"')), not_modified()],
        [NONE, ('"1"', None), ('"1"', None)],
    ),
    "one after an Expires of zero": (
        [ok(etag('"1"'), "Expires: 0"), not_modified("Expires: 0")],
        [NONE, ('"1"', None), ('"1"', None)],
    ),
    "one after no-cache": (
        [ok(etag('"1"'), "Cache-Control: no-cache, no-store, must-revalidate"), not_modified()],
        [NONE, ('"1"', None), ('"1"', None)],
    ),
}
