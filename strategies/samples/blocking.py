# Blocking: a for loop. Until the last call is done, nothing else happens.


def work(n):
    return sum(n % i == 0 for i in range(1, n + 1))


for n in [720_720, 999_983, 1_000_000, 1_048_576]:
    print(n, work(n))
