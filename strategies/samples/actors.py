# Actors: processes, each with an asyncio loop for the tasks that were dealt to it.
import asyncio
from concurrent.futures import ProcessPoolExecutor


async def fetch(n):
    await asyncio.sleep(0.1)  # this actor's other tasks go on
    return n * n


async def take_turns(share):
    return await asyncio.gather(*map(fetch, share))


def actor(share):
    return asyncio.run(take_turns(share))


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as pool:
        print(list(pool.map(actor, [range(0, 8, 2), range(1, 8, 2)])))
