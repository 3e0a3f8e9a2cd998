"""Which tests of `cargo test` took longest, from its output.

The stable test harness prints no times. But it starts the tests of a binary in the order of their names, on a known
number of threads, the next one whenever one ends. So the moments at which its lines arrive tell how long each test took.

    RUST_TEST_THREADS=2 cargo test 2>&1 | python3 tests/slowest.py 2

passes the output on, and prints the ten slowest tests at its end.
"""

import re
import sys
import time

SHOWN = 10
BINARY = re.compile(r"^ *Running (.*) \(.*\)$")
BEGINS = re.compile(r"^running \d+ tests?$")
ENDS = re.compile(r"^test (\S+)(?: - should panic)? \.\.\. (?:ok|FAILED)")


def durations(began, ended, threads):
    """The seconds of each test, where `ended` lists (name, moment) in the order in which the tests ended.

    Two threads: a and b begin at 0, c begins when b ends at 1.
    >>> durations(0, [("b", 1), ("a", 3), ("c", 5)], 2)
    {'a': 3, 'b': 1, 'c': 4}

    One thread: each test begins when the one before it ends.
    >>> durations(10, [("a", 11), ("b", 14)], 1)
    {'a': 1, 'b': 3}
    """
    begins = [began] * threads + [moment for _, moment in ended]
    ends = dict(ended)
    return {name: ends[name] - begins[nth] for nth, name in enumerate(sorted(ends))}


def watch(lines, threads, times, clock=time.monotonic):
    """Passes each line on; `times` is given (seconds, binary, test) of every test.

    >>> said = ["Running tests/it/main.rs (x)", "running 2 tests", "test b ... ok", "test a ... FAILED", "test result: x"]
    >>> times, moments = [], iter([0, 2, 5])
    >>> list(watch(said, 2, times, lambda: next(moments))) == said
    True
    >>> sorted(times)
    [(2, 'tests/it/main.rs', 'b'), (5, 'tests/it/main.rs', 'a')]
    """
    binary, began, ended = "", 0, []
    for line in lines:
        yield line
        if found := BINARY.match(line):
            binary = found[1]
        elif BEGINS.match(line):
            began, ended = clock(), []
        elif found := ENDS.match(line):
            ended.append((found[1], clock()))
        elif line.startswith("test result:"):
            times += [(took, binary, test) for test, took in durations(began, ended, threads).items()]
            ended = []


def main():
    times = []
    for line in watch(sys.stdin, int(sys.argv[1]), times):
        sys.stdout.write(line)
        sys.stdout.flush()
    print("\nThe slowest tests:")
    for took, binary, test in sorted(times, reverse=True)[:SHOWN]:
        print(f"{took:7.1f} s  {test}  ({binary})")


if __name__ == "__main__":
    main()
