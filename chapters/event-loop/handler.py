import asyncio
import time


class Model:
    def predict(self, features):
        time.sleep(1)  # stands for computing that lets go of the GIL
        return sum(features)


model = Model()


async def stops_all_others(features):
    return model.predict(features)  # everyone waits


async def lets_others_go_on(features):
    return await asyncio.to_thread(model.predict, features)


async def others(handler):
    """What happens to the others on the loop while a handler runs."""
    running = asyncio.create_task(handler([1, 2, 3]))
    silence, before = 0.0, time.monotonic()
    while not running.done():
        await asyncio.sleep(0.01)
        now = time.monotonic()
        silence, before = max(silence, now - before), now
    return "they stood still" if silence > 0.5 else "they went on"


print(asyncio.run(others(stops_all_others)))
print(asyncio.run(others(lets_others_go_on)))
