"""Times the import of a large sheet beside openpyxl's read-only reading of the same file.

usage: python3 Tests/Benchmarks/sheets.py BAOCAO [ROWS]

BAOCAO is a release build, linked -static-executable; python3 has openpyxl (`.ci/install --test`). Both
are started fresh for each of five runs, in turn; printed are the medians of their times, the ratio, and
the memory of the import at its peak.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

import openpyxl

READ = """
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(sum(1 for sheet in book for row in sheet.iter_rows(values_only=True)))
"""


def write(path, rows):
    numbers = random.Random(5)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Số liệu")
    sheet.append(["TT", "Chỉ tiêu", "Giá trị", "Đơn vị tính", "Giá trị cùng kỳ trước"])
    for row in range(1, rows + 1):
        unit = numbers.choice(["lượt", "đơn", "hộ"])
        now, before = numbers.randrange(1, 9_000_000), numbers.randrange(1, 9_000_000) / 100
        sheet.append([row, f"Chỉ tiêu số {row}", now, unit, before])
    book.save(path)


def timed(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]}: status {status}")
    return time.perf_counter() - start, usage.ru_maxrss


def main():
    program, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/a.xlsx"
        write(path, rows)
        ours, theirs, memory = [], [], 0
        for _ in range(5):
            command = [program, "import-xlsx", path, "--loai", "so_lieu", "-o", f"{folder}/a.rec"]
            seconds, peak = timed(command + ["--ghi-de"])
            ours.append(seconds)
            memory = max(memory, peak)
            theirs.append(timed([sys.executable, "-c", READ, path])[0])
    own, other = statistics.median(ours), statistics.median(theirs)
    print(f"import {own:.2f} s, openpyxl {other:.2f} s, 1/{other / own:.1f}; {memory >> 10} MB")


main()
