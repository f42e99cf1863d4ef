from concurrent.futures import ProcessPoolExecutor


def work(number):
    return number * number % 1000


if __name__ == "__main__":
    numbers = range(2_000)
    with ProcessPoolExecutor(2) as pool:
        # 2,000 messages there, and 2,000 back
        one_by_one = pool.map(work, numbers)
        # 20 there, and 20 back
        in_pieces = pool.map(work, numbers, chunksize=100)
        print(sum(one_by_one), sum(in_pieces))
