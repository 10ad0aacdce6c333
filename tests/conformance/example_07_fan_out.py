import trio
from trio_twin import ms, run, uptime


async def work(me, jobs, log):
    with jobs:
        async for job in jobs:
            await trio.sleep(10 * ms * job)
            log.append((uptime(), me, job))


async def main():
    log = []
    jobs, queue = trio.open_memory_channel(0)
    with queue:
        async with trio.open_nursery() as n:
            for me in range(1, 4):
                n.start_soon(work, me, queue.clone(), log)
            for job in [7, 1, 2, 5, 3, 8, 2, 1, 4]:
                await jobs.send(job)
            jobs.close()
            print(f"{uptime()}: all jobs are handed out")
        for at, worker, job in log:
            print(f"{at}: worker {worker} did job {job}")


run(main)
