# Loop + processes: asyncio waits, and sends what must be computed to a pool of processes.
import asyncio
from concurrent.futures import ProcessPoolExecutor


def work(n):
    return sum(n % i == 0 for i in range(1, n + 1))


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:
        inputs = [720_720, 999_983, 1_000_000, 1_048_576]
        calls = [loop.run_in_executor(pool, work, n) for n in inputs]
        print(await asyncio.gather(*calls))


if __name__ == "__main__":  # the workers import this file
    asyncio.run(main())
