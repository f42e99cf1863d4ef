# Processes: a pool of interpreters with memories of their own. What crosses is pickled.
from concurrent.futures import ProcessPoolExecutor

# Since 3.14, InterpreterPoolExecutor does the same with threads of one process:
# each has an interpreter, and a GIL, of its own. Nothing else here changes.


def work(n):
    return sum(n % i == 0 for i in range(1, n + 1))


if __name__ == "__main__":  # the workers import this file
    with ProcessPoolExecutor(max_workers=4) as pool:
        print(list(pool.map(work, [720_720, 999_983, 1_000_000, 1_048_576])))
