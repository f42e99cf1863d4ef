# Threads: a pool in one memory. Parallel only on a free-threaded build (python3.14t);
# on an ordinary one the GIL lets one thread at a time run Python.
from concurrent.futures import ThreadPoolExecutor


def work(n):
    return sum(n % i == 0 for i in range(1, n + 1))


with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(work, [720_720, 999_983, 1_000_000, 1_048_576])))
