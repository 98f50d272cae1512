"""Times `baocao convert` beside glibc's iconv on the same files.

usage: python3 Tests/Benchmarks/convert.py BAOCAO [MEGABYTES [ROUNDS]]

BAOCAO is a release build, linked -static-executable. The text is that of the data files, repeated to MEGABYTES
(20), in several encodings, and once in UTF-8 with its marks apart, which iconv copies and convert puts together. VIQR
has no counterpart and stands beside iconv reading the same bytes as Windows-1252, `auto` beside iconv from the
encoding that it finds. Each pair is run ROUNDS times (7) in turn, each writing a file; printed are the medians of the wall times, the ratio, and the most memory that either took.
"""

import multiprocessing
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata

root = pathlib.Path(__file__).parents[2]


def text(size):
    parts = [path.read_text(encoding='utf-8') for path in sorted((root / 'data').rglob('*.rec'))]
    one = unicodedata.normalize('NFC', ''.join(parts)).replace('─', '-')
    return one * (size // len(one.encode()) + 1)


def written(text, encoding):
    data = subprocess.run(['iconv', '-c', '-f', 'UTF-8', '-t', encoding], input=text.encode(), capture_output=True)
    return data.stdout


def run(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f'{command}: {error.decode()}')
    return time.perf_counter() - start, usage.ru_maxrss


def make(folder, megabytes):
    whole = text(megabytes << 20)
    apart = unicodedata.normalize('NFD', whole)
    signs = {0x300: '`', 0x301: "'", 0x302: '^', 0x303: '~', 0x306: '(', 0x309: '?', 0x31b: '+', 0x323: '.', 0x111: 'dd'}
    files = {
        'cp1258': written(whole, 'CP1258'), 'viscii': written(whole, 'VISCII'),
        'tcvn3': written(whole.lower(), 'TCVN5712-1'), 'utf-8': whole.encode(), 'apart': apart.encode(),
        'utf-16': whole.encode('utf-16'), 'viqr': apart.translate(signs).encode('ascii', 'ignore'),
    }
    for name, data in files.items():
        pathlib.Path(folder, name).write_bytes(data)


# --from, iconv -f, file
ROWS = [
    ('cp1258', 'CP1258', 'cp1258'), ('viscii', 'VISCII', 'viscii'), ('tcvn3', 'TCVN5712-1', 'tcvn3'),
    ('cp1252', 'CP1252', 'cp1258'), ('utf-8', 'UTF-8', 'utf-8'), ('utf-8', 'UTF-8', 'apart'),
    ('utf-16', 'UTF-16', 'utf-16'), ('viqr', 'CP1252', 'viqr'), ('auto', 'UTF-8', 'utf-8'),
    ('auto', 'VISCII', 'viscii'), ('auto', 'TCVN5712-1', 'tcvn3'),
]


def main():
    baocao = os.path.abspath(sys.argv[1])
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own: what is started next counts the memory of who starts it.
        making = multiprocessing.Process(target=make, args=(folder, megabytes))
        making.start()
        making.join()
        titles = ('--from', 'iconv -f', 'file', 'ms', 'ms, iconv', 'ratio', 'MB', 'MB, iconv')
        print('{:7} {:11} {:7} {:>8} {:>9} {:>6} {:>7} {:>9}'.format(*titles))
        for name, theirs, kind in ROWS:
            file = os.path.join(folder, kind)
            commands = (
                [baocao, 'convert', '--from', name, file, '-o', os.path.join(folder, 'ours'), '--ghi-de'],
                ['iconv', '-f', theirs, '-t', 'UTF-8', file, '-o', os.path.join(folder, 'theirs')],
            )
            times, memory = ([], []), [0, 0]
            for _ in range(rounds):
                for index, command in enumerate(commands):
                    took, kilobytes = run(command)
                    times[index].append(took)
                    memory[index] = max(memory[index], kilobytes)
            ours, others = (statistics.median(values) * 1000 for values in times)
            print(f'{name:7} {theirs:11} {kind:7} {ours:8.1f} {others:9.1f} {ours / others:6.2f} '
                  f'{memory[0] / 1024:7.1f} {memory[1] / 1024:9.1f}')


main()
