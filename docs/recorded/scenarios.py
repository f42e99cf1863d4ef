"""The talk's three scenarios on your own CPython, each under every approach: which is soonest done, and by how much?

usage: python scenarios.py > scenarios.json              (about four minutes)
       python scenarios.py --quick > scenarios.json      (one sample of each, to see that it works)

Works on any CPython from 3.9 on; a free-threaded build is noticed by itself. Progress goes to stderr. Nothing else
should run meanwhile.

A scenario is a project: so many units of work, all there at the beginning, each a row of parts that are done in order.
A part waits (ms; a sleep), is interpreted (ms; a plain loop), compiled (ms; a SHA-256 of many bytes, during which the
GIL is released) or moves memory (MB; copied). Here all units are alike, so p50 = p95. How much computing a millisecond
is, is found anew at the beginning of each round ("rounds": rounds of the loop and kB hashed in a millisecond, on the
mean of half a second of CPU time).

Under "threads" and "processes" a worker does a whole unit. Under "asyncio" all is done on the loop. Under "asyncio +
threads" and "asyncio + processes" waits are awaited on the loop, and computing that takes longer than 0.25 ms goes to
the pool, neighbouring parts in one call. What goes to a process takes the unit's in_kb with it and brings its out_kb
back. Processes are spawned on every system.

The approaches take turns (A B C A B C ...), five samples each, none left out. "makespan_ms" is from the first submit to
the last answer, with a pool whose workers are all there; "start_ms" is what came before: starting the pool until all
workers are there (in a process, the bytes that it hashes are made, too), or the loop, or both.

"speed" tells how fast computing went during each sample, by the CPU time that it took: 1 as in that round's calibration,
0.5 half as fast. "speed_before" is the same for the interpreted loop alone, by the clock, just before the sample.
Virtual machines and processors that get hot change their speed within seconds: compare samples of like speed.
"""

import datetime
import functools
import hashlib
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

ROUNDS = 5
# Computing that is shorter than this stays on the loop, in ms.
LIGHT = 0.25
# For how long the machine's speed is looked at before each sample, in ms.
LOOK = 20


def project(units, parts, in_kb=0, out_kb=0):
    """A project: units all alike, on a machine of two cores."""
    return {
        "units": units,
        "every_ms": 0,
        "parts": [{kind: {"p50": amount, "p95": amount}} for kind, amount in parts],
        "in_kb": in_kb,
        "out_kb": out_kb,
        "shared": False,
        "cores": 2,
        "memory_mb": 4000,
    }


SCENARIOS = {
    # the same long operations on many arrays, in compiled code
    "arrays": project(20, [("compiled", 15), ("compiled", 15)], in_kb=4096, out_kb=1024),
    # read a page, analyse it in plain Python, store what was found
    "crawler": project(40, [("waits", 50), ("interpreted", 6), ("waits", 20)], out_kb=4),
    # pass requests on to slow services
    "proxy": project(160, [("waits", 25), ("interpreted", 0.1)]),
}

# approach and number of workers; with one worker only, threads would do the same as sequential
APPROACHES = [
    ("sequential", 1),
    *(("threads", workers) for workers in (2, 4, 8, 32, 64)),
    *(("processes", workers) for workers in (1, 2, 4)),
    ("asyncio", 1),
    *(("asyncio + threads", workers) for workers in (2, 4, 32)),
    *(("asyncio + processes", workers) for workers in (2, 4)),
]


# What a unit does


def count(rounds):
    """Interpreted work: holds the GIL."""
    total = 0
    for x in range(rounds):
        total += x * x
    return total


@functools.lru_cache(maxsize=8)
def bytes_of(size):
    """As many bytes as wanted, made once in each process."""
    return b"\xa5" * size


def digest(size):
    """Compiled work: releases the GIL."""
    return hashlib.sha256(bytes_of(size)).digest()


def move(size):
    """Copies memory."""
    return bytearray(bytes_of(size))


COMPUTE = {"interpreted": count, "compiled": digest, "moves": move}


def work(steps, given, answer):
    """
    A whole unit, or some of its steps: `given` is sent along, and as many bytes as `answer` says come back, with the
    CPU time that computing took, in seconds.
    """
    cpu = 0.0
    for kind, amount in steps:
        if kind == "waits":
            time.sleep(amount)
        else:
            begin = time.thread_time()
            COMPUTE[kind](amount)
            cpu += time.thread_time() - begin
    return bytes_of(answer), cpu


# How much a millisecond is


def milliseconds(run, *given):
    """How long something takes."""
    begin = time.perf_counter()
    run(*given)
    return (time.perf_counter() - begin) * 1000


def per_ms(run, amount, times):
    """How much of an amount is done in a millisecond of CPU time, on the mean: other programs do not count."""
    run(amount)
    begin = time.thread_time()
    for _ in range(times):
        run(amount)
    return amount * times / (time.thread_time() - begin) / 1000


def calibrate():
    """The machine's speed now."""
    return {
        "interpreted_per_ms": round(per_ms(count, 100_000, 50), 1),
        "compiled_kb_per_ms": round(per_ms(digest, 16 << 20, 12) / 1024, 1),
    }


def speed_now(pace):
    """How fast this machine is just now, by the pace that was found at the beginning of the round."""
    rounds = round(pace["interpreted_per_ms"] * LOOK)
    return LOOK / milliseconds(count, rounds)


def steps_of(scenario, pace):
    """A unit's parts with what they amount to here and now: seconds, rounds or bytes."""
    scale = {
        "waits": lambda ms: ms / 1000,
        "interpreted": lambda ms: round(ms * pace["interpreted_per_ms"]),
        "compiled": lambda ms: round(ms * pace["compiled_kb_per_ms"] * 1024),
        "moves": lambda mb: round(mb * (1 << 20)),
    }
    return [(kind, scale[kind](span["p50"])) for part in scenario["parts"] for kind, span in part.items()]


def computing_ms(scenario):
    """How long all units together compute, in ms."""
    spans = [(kind, span) for part in scenario["parts"] for kind, span in part.items()]
    return scenario["units"] * sum(span["p50"] for kind, span in spans if kind in ("interpreted", "compiled"))


def calls_of(scenario, steps):
    """The steps by where they are done: ("await", [a wait]), ("loop", [a light one]) or ("pool", [heavy ones])."""
    calls = []
    for part, step in zip(scenario["parts"], steps):
        [(kind, span)] = part.items()
        # moving is told in MB, of which even one takes longer than what is light
        heavy = kind == "moves" or span["p50"] > LIGHT
        place = "await" if kind == "waits" else "pool" if heavy else "loop"
        if calls and calls[-1][0] == place == "pool":
            calls[-1][1].append(step)
        else:
            calls.append((place, [step]))
    return calls


# The approaches: each answers with its start and its makespan, in ms, and with the CPU time of its units, in s


def ready(barrier, sizes):
    """What a pool's worker does first: it makes the bytes that it will need, and waits until all workers are there."""
    for size in sizes:
        bytes_of(size)
    barrier.wait()


def pool_of(kind, workers, sizes):
    """A pool whose workers are all there. A task for each makes it start them all, as none is idle before all are."""
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

    if kind == "threads":
        pool = ThreadPoolExecutor(workers, "pool", ready, (threading.Barrier(workers), sizes))
    else:
        spawn = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, spawn, ready, (spawn.Barrier(workers), sizes))
    for future in [pool.submit(work, [], None, 0) for _ in range(workers)]:
        future.result()
    return pool


def sequentially(units, *unit):
    """One unit after the other, in the main thread."""
    begin = time.perf_counter()
    done = [work(*unit) for _ in range(units)]
    end = time.perf_counter()
    return 0.0, (end - begin) * 1000, sum(cpu for _, cpu in done)


def pooled(kind, workers, sizes, units, *unit):
    """A worker of a pool does a whole unit."""
    begin = time.perf_counter()
    with pool_of(kind, workers, sizes) as pool:
        started = time.perf_counter()
        done = [future.result() for future in [pool.submit(work, *unit) for _ in range(units)]]
        end = time.perf_counter()
    return (started - begin) * 1000, (end - started) * 1000, sum(cpu for _, cpu in done)


def on_a_loop(kind, workers, sizes, units, calls, given, answer):
    """Units are coroutines; with a pool, what is heavy goes there."""
    import asyncio

    async def unit(loop, pool):
        cpu = 0
        for place, steps in calls:
            if place == "await":
                [(_, seconds)] = steps
                await asyncio.sleep(seconds)
            elif place == "pool" and pool:
                cpu += (await loop.run_in_executor(pool, work, steps, given, answer))[1]
            else:
                cpu += work(steps, given, answer)[1]
        return cpu

    async def all_units(pool):
        loop = asyncio.get_running_loop()
        started = time.perf_counter()
        cpu = sum(await asyncio.gather(*[unit(loop, pool) for _ in range(units)]))
        return started, time.perf_counter(), cpu

    begin = time.perf_counter()
    pool = pool_of(kind, workers, sizes) if kind else None
    started, end, cpu = asyncio.run(all_units(pool))
    if pool:
        pool.shutdown()
    return (started - begin) * 1000, (end - started) * 1000, cpu


def sample(approach, workers, scenario, pace):
    """One run of a scenario under an approach: its start and its makespan in ms, its units' CPU time in s."""
    steps = steps_of(scenario, pace)
    given, answer = bytes_of(scenario["in_kb"] * 1024), scenario["out_kb"] * 1024
    sizes = [answer, *(amount for kind, amount in steps if kind in ("compiled", "moves"))]
    for size in sizes:
        bytes_of(size)
    front, _, kind = approach.partition(" + ")
    if front == "asyncio":
        return on_a_loop(kind, workers, sizes, scenario["units"], calls_of(scenario, steps), given, answer)
    if front == "sequential":
        return sequentially(scenario["units"], steps, given, answer)
    return pooled(front, workers, sizes, scenario["units"], steps, given, answer)


# All of them


def measure(name, scenario, rounds):
    """A scenario under all approaches, which take turns."""
    approaches = [
        {
            "approach": approach,
            "workers": workers,
            "start": "spawn" if "processes" in approach else None,
            "makespan_ms": [],
            "start_ms": [],
            "speed": [],
            "speed_before": [],
        }
        for approach, workers in APPROACHES
    ]
    paces = []
    for at in range(rounds):
        paces.append(calibrate())
        for row in approaches:
            row["speed_before"].append(round(speed_now(paces[-1]), 3))
            start, makespan, cpu = sample(row["approach"], row["workers"], scenario, paces[-1])
            row["speed"].append(round(computing_ms(scenario) / 1000 / cpu, 3))
            row["start_ms"].append(round(start, 2))
            row["makespan_ms"].append(round(makespan, 2))
        print(f"{name}: round {at + 1} of {rounds}, {paces[-1]}", file=sys.stderr)
    for row in approaches:
        row["median_ms"] = statistics.median(row["makespan_ms"])
        tell(row)
    return {"name": name, "project": scenario, "rounds": paces, "approaches": approaches}


def tell(row):
    """An approach's median, the lowest and the highest sample, and its start."""
    spans, start, speeds = row["makespan_ms"], statistics.median(row["start_ms"]), row["speed"]
    who = f"  {row['approach']} {row['workers']}"
    print(
        f"{who:26}{row['median_ms']:9.1f} ms ({min(spans):.1f} to {max(spans):.1f}), start {start:.1f} ms, "
        f"speed {min(speeds):.2f} to {max(speeds):.2f}",
        file=sys.stderr,
    )


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
    if sys.argv[1:] not in ([], ["--quick"]):
        return asked_for_help()
    rounds = 1 if sys.argv[1:] else ROUNDS
    recording = {
        "what": "scenarios",
        "python": platform.python_version(),
        "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
        "cores": os.cpu_count(),
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "scenarios": [measure(name, scenario, rounds) for name, scenario in SCENARIOS.items()],
    }
    json.dump(recording, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
