"""Every code of a reason is explained to those who receive it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
GIVEN = re.compile(r'(?:code=|_because\(|_nobody\(\s*|_one\(|_as\()"([a-z_]+)"')


def codes() -> set[str]:
    sources = (ROOT / "consumers" / "extracting").rglob("*.py")
    return {code for path in sources for code in GIVEN.findall(path.read_text(encoding="utf-8"))}


def test_every_code_is_on_the_page_for_receivers() -> None:
    page = (ROOT / "docs" / "receiving.md").read_text(encoding="utf-8")
    assert len(codes()) > 30
    assert {code for code in codes() if f"`{code}`" not in page} == set()
