import asyncio
import time


async def good(name, lines):
    for line in range(1, lines + 1):
        print(f"{name}{line}", end=" ")
        await asyncio.sleep(0.01)  # not ready yet: it is another's turn


async def bad(name, lines):
    for line in range(1, lines + 1):
        print(f"{name}{line}", end=" ")
        time.sleep(0.01)  # nobody gets a turn


async def all_of(task):
    await asyncio.gather(task("A", 3), task("B", 4), task("C", 2))
    print()


asyncio.run(all_of(good))
asyncio.run(all_of(bad))
