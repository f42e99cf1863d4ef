"""The talk's experiment on your own Python: N workers count for a while, each into buckets of 1 ms.

usage: python experiment.py [threads|processes] [N] [MS] [OUT.json]     (threads 4 510 recorded.json)

Works on any CPython from 3.9 on; a free-threaded build is noticed by itself. Open the file on the chapter's page.
"""

import datetime
import json
import multiprocessing
import os
import platform
import sys
import sysconfig
import threading
import time


def spin(index, start, span_ns, bucket_ns, rows):
    counts = [0] * (span_ns // bucket_ns)
    clock = time.perf_counter_ns
    while clock() < start:
        pass
    while True:
        at = (clock() - start) // bucket_ns
        if at >= len(counts):
            break
        counts[at] += 1
    rows[index] = counts


def spin_apart(index, start, span_ns, bucket_ns, queue):
    rows = {}
    spin(index, start, span_ns, bucket_ns, rows)
    queue.put((index, rows[index]))


def in_threads(workers, span, bucket):
    rows = {}
    start = time.perf_counter_ns() + 50_000_000
    threads = [threading.Thread(target=spin, args=(at, start, span, bucket, rows)) for at in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return rows


def in_processes(workers, span, bucket):
    # a process needs a while to start, and all have to be there when the counting begins
    queue = multiprocessing.Queue()
    start = time.perf_counter_ns() + 1_500_000_000
    processes = [
        multiprocessing.Process(target=spin_apart, args=(at, start, span, bucket, queue)) for at in range(workers)
    ]
    for process in processes:
        process.start()
    rows = dict(queue.get() for _ in processes)
    for process in processes:
        process.join()
    return rows


def main():
    given = dict(enumerate(sys.argv))
    kind, workers = given.get(1, "threads"), int(given.get(2, 4))
    span, out = int(given.get(3, 510)) * 1_000_000, given.get(4, "recorded.json")
    run = {"threads": in_threads, "processes": in_processes}.get(kind)
    if run is None or workers < 1 or span < 1_000_000:
        sys.exit(__doc__)
    rows = run(workers, span, 1_000_000)
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    recording = {
        "python": platform.python_version(),
        "gil": gil,
        "free_threaded_build": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "switch_interval_ms": sys.getswitchinterval() * 1000 if gil else None,
        "cores": os.cpu_count(),
        "machine": platform.platform(),
        "made": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "kind": kind,
        "workers": workers,
        "bucket_ms": 1,
        "iterations": [rows[at] for at in range(workers)],
    }
    with open(out, "w") as file:
        json.dump(recording, file)
    print(f"{workers} {kind}: {sum(map(sum, recording['iterations'])):,} rounds together. Written to {out}.")


if __name__ == "__main__":
    main()
