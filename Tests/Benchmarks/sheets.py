"""Times the import of large sheets beside openpyxl's read-only reading of the same files.

usage: python3 Tests/Benchmarks/sheets.py BAOCAO [ROWS]

BAOCAO is a release build, linked -static-executable; python3 has openpyxl (`.ci/install --test`). Each
sheet is of another kind: texts in its cells and bare numbers; formats of groups, decimals, percent and
days; the same with texts that cells share; and one whose cells are joined in places. Both programs are
started fresh for each of five runs, in turn; printed are the medians of their processor time, the ratio,
and the memory of the import at its peak. A program's memory counts from that of the one that starts it, so
the sheets are written by processes of their own.
"""

import datetime
import os
import random
import statistics
import subprocess
import sys
import tempfile

READ = """
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(sum(1 for sheet in book for row in sheet.iter_rows(values_only=True)))
"""
HEADS = ["TT", "Chỉ tiêu", "Giá trị", "Đơn vị tính", "Giá trị cùng kỳ trước", "Tính đến ngày"]


def plain(numbers, row):
    unit = numbers.choice(["lượt", "đơn", "hộ"])
    now, before = numbers.randrange(1, 9_000_000), numbers.randrange(1, 9_000_000) / 100
    return [(row, None), (f"Chỉ tiêu số {row}", None), (now, None), (unit, None), (before, None)]


def formatted(numbers, row):
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=row % 200)
    if numbers.random() < 0.25:
        unit, now, before = "%", (numbers.random(), "0.0%"), (numbers.random(), "0.00%")
    else:
        unit = numbers.choice(["lượt", "đơn", "hộ"])
        now = (numbers.randrange(1, 9_000_000), "#,##0")
        before = (numbers.randrange(1, 9_000_000) / 100, "#,##0.00")
    return [(row, None), (f"Chỉ tiêu số {row}", None), now, (unit, None), before, (day, "dd/mm/yyyy")]


def styled(sheet, value, form):
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.number_format = form or "General"
    return cell


def write(path, rows, kind):
    import openpyxl

    numbers = random.Random(5)
    # What is written at once has its texts in the cells.
    shares = kind in ("shared", "joined")
    book = openpyxl.Workbook(write_only=not shares)
    sheet = book.active if shares else book.create_sheet("Số liệu")
    make = plain if kind == "plain" else formatted
    sheet.append(HEADS[:5] if kind == "plain" else HEADS)
    for row in range(1, rows + 1):
        cells = make(numbers, row)
        if shares:
            for column, (value, form) in enumerate(cells, 1):
                cell = sheet.cell(row + 1, column, value)
                cell.number_format = form or "General"
            continue
        sheet.append([styled(sheet, value, form) for value, form in cells])
    if kind == "joined":
        for row in range(2, rows, 50):
            sheet.merge_cells(start_row=row, end_row=row + 2, start_column=6, end_column=6)
    book.save(path)


def timed(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]}: status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main():
    program, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        for kind in ["plain", "formatted", "shared", "joined"]:
            path = f"{folder}/{kind}.xlsx"
            subprocess.run([sys.executable, __file__, "--write", path, str(rows), kind], check=True)
            ours, theirs, memory = [], [], 0
            for _ in range(5):
                command = [program, "import-xlsx", path, "--loai", "so_lieu", "-o", f"{folder}/a.rec"]
                seconds, peak = timed(command + ["--ghi-de"])
                ours.append(seconds)
                memory = max(memory, peak)
                theirs.append(timed([sys.executable, "-c", READ, path])[0])
            own, other = statistics.median(ours), statistics.median(theirs)
            print(
                f"{kind}: import {own:.2f} s, openpyxl {other:.2f} s, 1/{other / own:.1f}; "
                f"{memory >> 10} MB")


if sys.argv[1] == "--write":
    write(sys.argv[2], int(sys.argv[3]), sys.argv[4])
else:
    main()
