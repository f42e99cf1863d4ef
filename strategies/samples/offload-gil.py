# Loop + threads with a GIL: asyncio.to_thread on an ordinary build. The loop goes on, but
# each of its turns may wait 5 ms for the GIL, and what is written in Python takes turns.
import asyncio
import hashlib


def work(n):  # Python: needs the GIL
    return sum(n % i == 0 for i in range(1, n + 1))


def digest(n):  # C: lets go of it, and runs beside others
    return hashlib.sha256(bytes(100 * n)).hexdigest()


async def main():
    calls = [asyncio.to_thread(work, 999_983), asyncio.to_thread(digest, 999_983)]
    print(await asyncio.gather(*calls, asyncio.sleep(0.1)))


asyncio.run(main())
