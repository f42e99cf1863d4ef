"""What things cost on your own CPython: starting a thread, asking a process, yielding to an event loop, ...

usage: python costs.py > costs.json

Works on any CPython from 3.9 on, in less than a minute; what a Python or a system does not have is left out. All
figures are sampled in turn, round after round, so that all see the same changes of the machine's speed; the first round
is a warm-up. A figure is the median of its samples; "spread_us" and "spread_mb" have the lowest and the highest. Progress
goes to stderr. Nothing else should run meanwhile.

Microseconds ("costs_us"), of wall time unless CPU time is said:
  thread start+join                  a thread that does nothing
  process fork start+join            a process that does nothing, forked
  process spawn start+join           the same, spawned: a new interpreter that imports this file
  process round trip                 an empty task to a pool of one process, and its answer
  process round trip, 1 MB there     the same with 1 MB (1024 kB) of bytes sent
  process round trip, 1 MB back      the same with 1 MB of bytes as the answer
  thread pool round trip             an empty task to a pool of one thread, and its answer
  thread pool, many tasks: each      many empty tasks at once to a pool of two threads, per task
  process pool, many tasks: each     many empty tasks at once to a pool of two processes, per task
  process pool, many tasks: parent   CPU time of the process that hands them out, per task
  asyncio yield                      one turn of the loop: asyncio.sleep(0)
  asyncio task                       creating, running and gathering a coroutine that does nothing
  asyncio sleep                      CPU time of one asyncio.sleep among many at once
  asyncio to_thread round trip       an empty function by asyncio.to_thread, awaited
  asyncio process pool round trip    an empty function by loop.run_in_executor in a pool of one process, awaited
  thread sleep                       CPU time of one time.sleep as a task of a pool of 32 threads
  lock handed over                   a turn passed from one thread to another by a lock
  interpreter start+join             a subinterpreter that runs nothing, in a thread (from 3.14 on)
  loop of a million                  a million rounds of a plain loop, x * x added up
Megabytes ("costs_mb", Linux only): what one more idle worker process or thread adds to the memory in use, where what
processes share counts once.
"""

import datetime
import gc
import json
import multiprocessing
import os
import platform
import statistics
import sys
import threading
import time

# asyncio and concurrent.futures are imported where they are used: a spawned process imports this file, too, and its
# start should cost no more than it must.

ROUNDS = 9
MEGABYTE = bytes(range(256)) * 4096


def nothing():
    """The task that is all cost."""


def length(data):
    """A task that data are sent to."""
    return len(data)


def megabyte():
    """A task whose answer is large."""
    return MEGABYTE


def each(clock, times, run, *given):
    """Microseconds by a clock that each of so many runs takes."""
    begin = clock()
    for _ in range(times):
        run(*given)
    return (clock() - begin) / times * 1e6


def wall(times, run, *given):
    """Microseconds of wall time that each of so many runs takes."""
    return each(time.perf_counter, times, run, *given)


def start_and_join(kind):
    """Starts a thread or a process that does nothing and waits for its end."""
    started = kind(target=nothing)
    started.start()
    started.join()


def starting():
    """Threads, processes and interpreters that do nothing. Called while no pool is there: forking wants no threads."""
    yield "thread start+join", wall(100, start_and_join, threading.Thread)
    for method in start_methods():
        process = multiprocessing.get_context(method).Process
        yield f"process {method} start+join", wall(2, start_and_join, process)
    try:
        from concurrent import interpreters
    except ImportError:
        return
    yield "interpreter start+join", wall(3, interpret, interpreters)


def start_methods():
    """How processes can be started here, of the two ways that are measured."""
    return [method for method in ("fork", "spawn") if method in multiprocessing.get_all_start_methods()]


def interpret(interpreters):
    """Starts a subinterpreter in a thread of its own, runs nothing in it and ends it."""
    interpreter = interpreters.create()
    thread = threading.Thread(target=interpreter.exec, args=("pass",))
    thread.start()
    thread.join()
    interpreter.close()


def process_pool(workers):
    """A pool of spawned processes, each of which has done something."""
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    many(pool, 100, nothing)
    return pool


def thread_pool(workers):
    """A pool of threads, each of which has done something."""
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(workers)
    many(pool, 2 * workers, time.sleep, 0.001)
    return pool


def ask(pool, task, *given):
    """A task to a pool, and its answer."""
    pool.submit(task, *given).result()


def many(pool, tasks, task, *given):
    """Many tasks to a pool at once, and their answers."""
    for future in [pool.submit(task, *given) for _ in range(tasks)]:
        future.result()


def asking():
    """Round trips to pools, and many tasks at once."""
    with process_pool(1) as pool:
        yield "process round trip", wall(200, ask, pool, nothing)
        yield "process round trip, 1 MB there", wall(50, ask, pool, length, MEGABYTE)
        yield "process round trip, 1 MB back", wall(50, ask, pool, megabyte)
    with thread_pool(1) as pool:
        yield "thread pool round trip", wall(2000, ask, pool, nothing)
    with thread_pool(2) as pool:
        yield "thread pool, many tasks: each", wall(1, many, pool, 5000, nothing) / 5000
    with process_pool(2) as pool:
        begin = time.process_time()
        yield "process pool, many tasks: each", wall(1, many, pool, 2000, nothing) / 2000
        yield "process pool, many tasks: parent", (time.process_time() - begin) / 2000 * 1e6
    with thread_pool(32) as pool:
        yield "thread sleep", each(time.process_time, 1, many, pool, 640, time.sleep, 0.005) / 640


def looping():
    """What an event loop costs. Each figure has a loop of its own, already running when the clock starts."""
    import asyncio

    async def nothing_awaited():
        pass

    async def yields(times):
        for _ in range(times):
            await asyncio.sleep(0)

    async def tasks(times):
        await asyncio.gather(*[nothing_awaited() for _ in range(times)])

    async def sleeper(times):
        for _ in range(times):
            await asyncio.sleep(0.005)

    async def sleeps(times):
        await asyncio.gather(*[sleeper(20) for _ in range(times // 20)])

    async def to_thread(times):
        for _ in range(times):
            await asyncio.to_thread(nothing)

    async def to_process(times, pool):
        loop = asyncio.get_running_loop()
        for _ in range(times):
            await loop.run_in_executor(pool, nothing)

    async def timed(clock, times, work, *given):
        # a little before, so that what is made on demand is there
        await work(20, *given)
        begin = clock()
        await work(times, *given)
        return (clock() - begin) / times * 1e6

    yield "asyncio yield", asyncio.run(timed(time.perf_counter, 20000, yields))
    yield "asyncio task", asyncio.run(timed(time.perf_counter, 5000, tasks))
    yield "asyncio sleep", asyncio.run(timed(time.process_time, 4000, sleeps))
    yield "asyncio to_thread round trip", asyncio.run(timed(time.perf_counter, 1000, to_thread))
    with process_pool(1) as pool:
        yield "asyncio process pool round trip", asyncio.run(timed(time.perf_counter, 200, to_process, pool))


def pass_turns(times):
    """Two threads that wait for each other, by two locks: microseconds for each turn passed."""
    mine, yours = threading.Lock(), threading.Lock()
    mine.acquire()
    yours.acquire()

    def other():
        for _ in range(times):
            yours.acquire()
            mine.release()

    thread = threading.Thread(target=other)
    thread.start()
    begin = time.perf_counter()
    for _ in range(times):
        yours.release()
        mine.acquire()
    took = time.perf_counter() - begin
    thread.join()
    return took / (2 * times) * 1e6


def count(rounds):
    """A plain loop in Python."""
    total = 0
    for x in range(rounds):
        total += x * x
    return total


def computing():
    """What neither a pool nor a loop takes part in."""
    yield "lock handed over", pass_turns(5000)
    yield "loop of a million", wall(1, count, 1_000_000)


def memory_mb(pids):
    """Megabytes in use by processes together; what several share is divided among them. Linux only."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    return total / 1024


def ready_and_waiting(connection):
    """A worker process as a pool's: what a pool's needs is imported, and it waits for a task."""
    import concurrent.futures.process  # noqa: F401

    connection.send("ready")
    connection.recv()


def memory_of_processes(method, workers=2):
    """Megabytes that each of several workers adds, to this process and in its own, once one is there already."""
    context = multiprocessing.get_context(method)
    processes, connections, used = [], [], []
    for _ in range(1 + workers):
        ours, theirs = context.Pipe()
        process = context.Process(target=ready_and_waiting, args=(theirs,))
        process.start()
        ours.recv()
        processes.append(process)
        connections.append(ours)
        used.append(memory_mb([os.getpid(), *(process.pid for process in processes)]))
    for connection, process in zip(connections, processes):
        connection.send("end")
        process.join()
    return (used[-1] - used[0]) / workers


def memory_of_threads(threads=100):
    """Megabytes that each of many threads adds that wait for an event."""
    end = threading.Event()
    waiting = [threading.Thread(target=end.wait) for _ in range(threads)]
    before = memory_mb([os.getpid()])
    for thread in waiting:
        thread.start()
    after = memory_mb([os.getpid()])
    end.set()
    for thread in waiting:
        thread.join()
    return (after - before) / threads


def remembering():
    """Memory, where the system tells."""
    if not os.path.exists("/proc/self/smaps_rollup"):
        return
    import concurrent.futures.process  # noqa: F401

    gc.collect()
    for method in start_methods():
        yield f"process {method}", memory_of_processes(method)
    yield "thread", memory_of_threads()


def sampled(groups):
    """The samples of all figures of groups, by name, in rounds; those of the first round are not kept."""
    samples = {}
    for at in range(1 + ROUNDS):
        for group in groups:
            for name, value in group():
                samples.setdefault(name, []).append(value)
        print(f"round {at} of {ROUNDS}", file=sys.stderr)
    return {name: sorted(values[1:]) for name, values in samples.items()}


def rounded(value):
    """Four digits are more than any figure here is good for."""
    return float(f"{value:.4g}")


def summary(samples):
    """The median of each figure, and its lowest and highest sample."""
    medians = {name: rounded(statistics.median(values)) for name, values in samples.items()}
    spread = {name: [rounded(values[0]), rounded(values[-1])] for name, values in samples.items()}
    for name, median in medians.items():
        print(f"{name:34}{median:12} {spread[name]}", file=sys.stderr)
    return medians, spread


def machine():
    """The system and its processor's kind, without names that somebody gave."""
    return f"{platform.system()} {platform.release().split('-')[0]}, {platform.machine()}"


def asked_for_help():
    """What this is, as an answer to --help, and as an error to what is not understood."""
    if sys.argv[1] in ("-h", "--help"):
        print(__doc__)
    else:
        sys.exit(__doc__)


def main():
    if len(sys.argv) > 1:
        return asked_for_help()
    samples = sampled([starting, computing, asking, looping, remembering])
    memory = {name: samples.pop(name) for name in ("process fork", "process spawn", "thread") if name in samples}
    costs_us, spread_us = summary(samples)
    costs_mb, spread_mb = summary(memory)
    recording = {
        "what": "costs",
        "python": platform.python_version(),
        "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
        "cores": os.cpu_count(),
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "costs_us": costs_us,
        "costs_mb": costs_mb,
        "spread_us": spread_us,
        "spread_mb": spread_mb,
    }
    json.dump(recording, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
