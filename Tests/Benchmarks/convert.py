"""Times `baocao convert` beside glibc's iconv on the same files.

usage: python3 Tests/Benchmarks/convert.py BAOCAO [MEGABYTES [ROUNDS]]

BAOCAO is a release build, linked -static-executable. The text is that of the data files, repeated to MEGABYTES
(20), in each encoding that iconv can write; VNI, VIQR and VPS have no counterpart and stand beside iconv reading
the same bytes as Windows-1252, and `auto` beside iconv from the encoding that it finds. Each pair is run ROUNDS times (7) in turn, each writing a
file; printed are the medians of the wall times, the ratio, and the most memory that either took.
"""

import os
import pathlib
import resource
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


def main():
    baocao = os.path.abspath(sys.argv[1])
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    whole = text(megabytes << 20)
    # A letter and its mark in VNI, and signs in VIQR, made of the same text.
    apart = unicodedata.normalize('NFD', whole)
    viqr = apart.translate({0x300: '`', 0x301: "'", 0x302: '^', 0x303: '~', 0x306: '(', 0x309: '?', 0x31b: '+', 0x323: '.'})
    # Marks apart, which iconv copies and convert puts together.
    rows = [
        ('cp1258', 'CP1258', written(whole, 'CP1258')),
        ('viscii', 'VISCII', written(whole, 'VISCII')),
        ('tcvn3', 'TCVN5712-1', written(''.join(c if c.lower() == c else c.lower() for c in whole), 'TCVN5712-1')),
        ('cp1252', 'CP1252', written(whole.translate({0x111: 'd'}), 'CP1252')),
        ('utf-8', 'UTF-8', whole.encode()),
        ('utf-8', 'UTF-8', apart.encode()),
        ('utf-16', 'UTF-16', whole.encode('utf-16')),
        ('viqr', 'CP1252', viqr.encode('ascii', 'ignore')),
        ('auto', 'UTF-8', whole.encode()),
        ('auto', 'VISCII', written(whole, 'VISCII')),
        ('auto', 'TCVN5712-1', written(whole.lower(), 'TCVN5712-1')),
    ]
    with tempfile.TemporaryDirectory() as folder:
        print(f'{"--from":8} {"iconv -f":12} {"MB":>5} {"convert ms":>11} {"iconv ms":>9} {"ratio":>6} {"MB, convert":>12} {"MB, iconv":>10}')
        for name, theirs, data in rows:
            file = os.path.join(folder, 'old.txt')
            pathlib.Path(file).write_bytes(data)
            ours_command = [baocao, 'convert', '--from', name, file, '-o', os.path.join(folder, 'ours'), '--ghi-de']
            their_command = ['iconv', '-f', theirs, '-t', 'UTF-8', file, '-o', os.path.join(folder, 'theirs')]
            times = ([], [])
            memory = [0, 0]
            for _ in range(rounds):
                for index, command in enumerate((ours_command, their_command)):
                    took, kilobytes = run(command)
                    times[index].append(took)
                    memory[index] = max(memory[index], kilobytes)
            ours, others = (statistics.median(values) * 1000 for values in times)
            print(f'{name:8} {theirs:12} {len(data) / 1e6:5.1f} {ours:11.1f} {others:9.1f} {ours / others:6.2f} {memory[0] / 1024:12.1f} {memory[1] / 1024:10.1f}')


main()
