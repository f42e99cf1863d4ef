# Threads with a GIL: a thread pool on an ordinary build. The threads take turns.
# The GIL is free while its holder waits, or computes in C that gives it up (numpy does).
import sys
from concurrent.futures import ThreadPoolExecutor

sys.setswitchinterval(0.005)  # seconds in a row while others want it; 5 ms is the default


def work(n):
    return sum(n % i == 0 for i in range(1, n + 1))


with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(work, [720_720, 999_983, 1_000_000, 1_048_576])))
