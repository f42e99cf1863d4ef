# Loop + threads: asyncio waits, and sends what must be computed to a pool of threads.
import asyncio


def work(n):  # parallel on python3.14t; with a GIL it only keeps the loop responsive
    return sum(n % i == 0 for i in range(1, n + 1))


async def serve(n):
    await asyncio.sleep(0.1)  # a request comes in
    return await asyncio.to_thread(work, n)


async def main():
    print(await asyncio.gather(*map(serve, [720_720, 999_983, 1_000_000, 1_048_576])))


asyncio.run(main())
