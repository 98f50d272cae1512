"""Writes a corpus of small workbooks, as openpyxl makes them, each also as its parts with lines `---`
between them: python3 workbooks.py FOLDER."""

import datetime
import sys
import zipfile

import openpyxl

rows = [
    ["Chỉ tiêu", "Giá trị", "Đơn vị tính", "Tính đến ngày"],
    ["Lượt công dân", 1400, "lượt", datetime.date(2026, 5, 20)],
    ["Tỷ lệ", 0.8729, "%", None],
    ["Đúng", True, "đơn", "=1/0"],
]
for number, code in enumerate(["General", "#,##0", "0.0%", "dd/mm/yyyy hh:mm", '"Tổ "00']):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    sheet["B2"].number_format = sheet["B3"].number_format = code
    sheet.merge_cells("A3:A4")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Ẩn").sheet_state = "hidden"
    path = f"{sys.argv[1]}/{number}.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as file, open(path + ".parts", "wb") as parts:
        names = [f"xl/{name}.xml" for name in ["worksheets/sheet1", "sharedStrings", "styles"]]
        names += ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
        known = file.namelist()
        parts.write(b"\n---\n".join(file.read(n) if n in known else b"<sst/>" for n in names))
