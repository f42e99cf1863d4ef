from collections import deque

def task(name, lines):
    for line in range(1, lines + 1):
        print(f"{name}{line}", end=" ")
        yield

queue = deque([task("A", 3), task("B", 4), task("C", 2)])
while queue:
    running = queue.popleft()
    try:
        next(running)
        queue.append(running)
    except StopIteration:
        pass
