"""A service with one reader, for a test that kills it: prints the reader's process id and waits."""

import asyncio

from consumers.article_to_extraction import ArticleToExtraction


async def main() -> None:
    async with ArticleToExtraction(processes=1) as stage:
        worker = stage._pool._workers[0]
        await worker.warm_up()
        print(next(iter(worker._executor._processes)), flush=True)
        await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main())
