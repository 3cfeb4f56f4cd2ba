"""A message that is none, put into a topic of the configured log."""

import asyncio
import os
from pathlib import Path

from service.log import Record, open_configured_log
from service.settings_sources import load


async def main() -> None:
    settings = load(None, {}, dict(os.environ)).settings
    async with open_configured_log(settings.log, Path(settings.data)) as log:
        await log.append("articles", [Record("poison", b'{"no": "article"}')])


if __name__ == "__main__":
    asyncio.run(main())
