# Processes: a pool of interpreters with memories of their own. What crosses is pickled.
from concurrent.futures import InterpreterPoolExecutor, ProcessPoolExecutor


def work(n):
    return sum(n % i == 0 for i in range(1, n + 1))


if __name__ == "__main__":  # the workers import this file
    inputs = [720_720, 999_983, 1_000_000, 1_048_576]
    with ProcessPoolExecutor(max_workers=4) as pool:
        print(list(pool.map(work, inputs)))

    # New in 3.14: threads of one process, each with an interpreter and a GIL of its own.
    with InterpreterPoolExecutor(max_workers=4) as pool:
        print(list(pool.map(work, inputs)))
