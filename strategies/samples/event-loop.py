# Event loop: asyncio, on one thread. Waits overlap; computing does not.
import asyncio


async def fetch(n):
    await asyncio.sleep(0.1)  # the only place where others get their turn
    return n * n


async def main():
    print(await asyncio.gather(*(fetch(n) for n in range(8))))


asyncio.run(main())
