# Async on threads: Python has none. What comes near: an asyncio loop in each thread, with
# its share of the tasks (parallel on python3.14t). No task goes on in another thread.
import asyncio
from concurrent.futures import ThreadPoolExecutor


async def fetch(n):
    await asyncio.sleep(0.1)  # this thread's others get their turn
    return n * n


async def fetch_all(numbers):
    return await asyncio.gather(*map(fetch, numbers))


with ThreadPoolExecutor(max_workers=2) as pool:
    shares = [range(0, 8, 2), range(1, 8, 2)]
    print(list(pool.map(lambda share: asyncio.run(fetch_all(share)), shares)))
