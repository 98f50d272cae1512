import CaseFiles
import Diagnostics
import Foundation
import Markdown
import Records
import Sheets
import Testing
import Texts

@testable import OfficeFiles
@testable import Reports

private let root = packageRoot(ofTest: #filePath)

private func templates() throws -> TemplateCollection {
  try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
}

/// Records → workbook → records gives the records back, and a workbook that was made twice is the same.
@Suite struct WorkbookRoundTripTests {
  private static let schema = """
    %rec: muc
    %allowed: ten so_luong ngay ty_le dung ghi_chu nhan_xet ma
    %unique: ten so_luong ngay ty_le dung
    %type: so_luong so
    %type: ngay ngay
    %type: ty_le ty_le
    %type: dung bool
    %type: ma regexp /./
    %typedef: so regexp /./
    %typedef: ngay regexp /./
    %typedef: ty_le regexp /./
    nhan: ten Tên mục, như ghi trong sổ
    nhan: so_luong Số lượng (cái)


    """

  /// Values of every kind in every column, among them what looks like a formula, a number or a day.
  private static let values = [
    "1.400", "1400", "13,5", "0,50", "-7", "05", "1.1", "90%", "87,29%", "0%", "28/6/2018",
    "05/3/2020", "5/3/2020", "2018-06-28", "31/12/1899", "04/7/2018 18:10", "true", "false", "=A1",
    "'=A1", "+84 24", "@x", "a & b < c", "\"", "_x000D_", "_x0041_ _", "hai\ndòng", "Ế Ậ Ữ đ",
    "12345678901234567890", "1e5", "TRUE", "#REF!", "một  hai", " a", "1/2", "0912345678", "1,2340",
  ]

  private static func records(_ random: inout FixedRandom) -> String {
    var writer = Writer()
    for number in 0...Int.random(in: 0...5, using: &random) {
      writer.endBlock()
      writer.writeField("ten", "mục \(number)")
      for name in ["so_luong", "ngay", "ty_le", "dung", "ghi_chu", "ghi_chu", "nhan_xet", "ma"]
      where Int.random(in: 0...2, using: &random) > 0 {
        writer.writeField(name, values.randomElement(using: &random) ?? "")
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("any values, with a fixed seed") func anyValues() throws {
    let templates = try templates()
    var random = FixedRandom(seed: 18)
    for _ in 0..<300 {
      let text = Self.schema + Self.records(&random)
      let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
      let bytes = try file.workbook(ofType: "muc", templates)
      #expect(try file.workbook(ofType: "muc", templates) == bytes, "the same bytes")
      let workbook = try Workbook.read(
        bytes.span, file: "a.xlsx", sheet: nil, limits: .officeFiles)
      #expect(workbook.sheets.map { $0.page?.name } == ["muc"])
      let table = try file.table(ofType: "muc", templates)
      #expect(
        workbook.sheets[0].rows.map { $0.cells.map(\.value.string).trimmed }
          == [table.columns.map(\.header)] + table.rows.map { $0.map { $0?.string ?? "" }.trimmed },
        "\(text)")
    }
  }

  @Test("rows that are taken one by one are those taken together, with a fixed seed")
  func rowByRow() throws {
    let templates = try templates()
    func imported(_ text: String, clearing: [String]) -> String {
      do throws(Problems) {
        let imported = try ImportedSheet(
          workbook: "a.xlsx", [UInt8](WorkbookFixture(text).data), sheet: nil, ofType: "so_lieu",
          into: nil, templates, clearing: clearing)
        let warnings = imported.warnings.map { $0.message(in: .english) }
        return String(decoding: imported.bytes, as: UTF8.self) + warnings.joined()
      } catch {
        return error.diagnostics.map { $0.message(in: .english) }.joined()
      }
    }
    var random = FixedRandom(seed: 20)
    let columns = [
      ["Chỉ tiêu", "Số hộ", "Không", "Chương trình", "m?t", "Kết quả"],
      [
        "Giá trị", "n:0.418@0.0%", "n:1400@#,##0", "n:12.5", "n:0.41817@0.0%", "trên 9.000",
        "12 lượt", "chưa", "90%", "",
      ],
      ["Đơn vị tính", "%", "%", "lượt", ""],
      ["Tính đến ngày", "n:46162@dd/mm/yyyy", "n:46162@dd/mm/yyyy", "20/5/2026", "31/6/2026", ""],
      ["Mã ngắn để số liệu khác trỏ tới khi kiểm tra", "", "ma_1", "ma_2", "ma_3"],
    ]
    var taken = 0
    for _ in 0..<200 {
      let own = columns.prefix(Int.random(in: 3...5, using: &random))
      let rows = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        // Mostly right ones, so that some sheets are right as a whole.
        own.map { values in
          let count =
            Int.random(in: 0...4, using: &random) > 0 ? min(values.count, 4) : values.count
          return values[1..<count].randomElement(using: &random) ?? ""
        }
      }
      let text = ([own.map { $0[0] }] + rows).map { $0.joined(separator: " | ") }
        .joined(separator: "\n")
      let one = imported(text, clearing: [])
      // A field that no record has bars the way row by row.
      #expect(one == imported(text, clearing: ["uoc"]), "\(text)")
      if one.hasPrefix("%rec") { taken += 1 }
    }
    #expect(taken > 50, "\(taken)")
  }

  @Test("cells that show less than they hold are all counted") func rounded() throws {
    let rows = (1...200).map { "Số \($0) | n:\($0).26@0.0 | lượt" }
    let text = (["Chỉ tiêu | Giá trị | Đơn vị tính"] + rows).joined(separator: "\n")
    let imported = try ImportedSheet(
      workbook: "a.xlsx", [UInt8](WorkbookFixture(text).data), sheet: nil, ofType: "so_lieu",
      into: nil, templates(), clearing: [])
    let messages = imported.warnings.map { $0.message(in: .english) }
    #expect(messages.count == 1 && messages[0].contains("200 cells"), "\(messages)")
  }

  @Test("every record set that ships comes back to the byte") func shipped() throws {
    let templates = try templates()
    let names = try FileManager.default.contentsOfDirectory(atPath: root + "/data")
    var count = 0
    for name in names.sorted() where name.hasSuffix(".rec") {
      let file = try DataFile.read(path: "\(root)/data/\(name)")
      for type in file.database.recordSets.compactMap({ $0.type?.string }) {
        let bytes = try file.workbook(ofType: type, templates)
        let imported = try ImportedSheet(
          workbook: "a.xlsx", bytes, sheet: nil, ofType: type, into: file, templates, clearing: [])
        #expect(imported.bytes == file.source.bytes, "\(name): \(type)")
        count += 1
      }
    }
    #expect(count > 50)
  }

  @Test("a workbook of an office comes back with its words and numbers") func fromWorkbook() throws
  {
    let text = """
      Chỉ tiêu | Giá trị | Đơn vị tính | Tính đến ngày
      Lượt công dân | n:1400@#,##0 | lượt | n:46162@dd/mm/yyyy
      Kinh phí | n:1250.5@#,##0.0 | triệu đồng | n:46162@dd/mm/yyyy
      Số hộ | n:0.30000000000000004 | nghìn hộ
      """
    let first = try ImportedSheet(
      workbook: "a.xlsx", [UInt8](WorkbookFixture(text).data), sheet: nil, ofType: "so_lieu",
      into: nil, templates(), clearing: [])
    let rec = String(decoding: first.bytes, as: UTF8.self)
    #expect(
      rec == """
        %rec: so_lieu

        chi_tieu: Lượt công dân
        gia_tri: 1.400
        don_vi: lượt
        den_ngay: 20/05/2026

        chi_tieu: Kinh phí
        gia_tri: 1.250,5
        don_vi: triệu đồng
        den_ngay: 20/05/2026

        chi_tieu: Số hộ
        gia_tri: 0,3
        don_vi: nghìn hộ

        """)
    let file = try DataFile.read(name: "a.rec", bytes: first.bytes)
    let again = try ImportedSheet(
      workbook: "b.xlsx", try file.workbook(ofType: "so_lieu", templates()), sheet: nil,
      ofType: "so_lieu", into: nil, templates(), clearing: [])
    #expect(String(decoding: again.bytes, as: UTF8.self) == rec)
  }
}

extension [String] {
  /// Without empty cells at the end, which no sheet has.
  fileprivate var trimmed: [String] { Array(prefix((lastIndex { !$0.isEmpty } ?? -1) + 1)) }
}

/// Other programs read what is written: the same values, and heads, formats and frozen rows.
@Suite struct WorkbookOracleTests {
  private static let python = Tool("python3")
  private static func has(_ module: String) -> Bool {
    (try? python.run(["-c", "import \(module)"]))?.status == 0
  }

  private static let hasOpenpyxl = has("openpyxl")
  private static let hasAudit = has("openxml_audit")
  private static let office = ["soffice", "libreoffice"].map { Tool($0) }.first(where: \.isHere)

  private struct Made {
    let name: String
    let bytes: [UInt8]
    let tables: [WorkbookTable]

    /// The texts that its cells were made of, a line a row.
    var listing: String {
      tables.map { table in
        let rows = [table.head] + table.rows.map { $0.map(\.text) }
        return "#\t\(name)\n"
          + rows.map { row in
            row.map { String(decoding: $0, as: UTF8.self).replacing("\n", with: "\\n") }.trimmed
              .joined(separator: "\t") + "\n"
          }.joined()
      }.joined()
    }
  }

  /// Every workbook that the shipped data makes.
  private static func gallery() throws -> [Made] {
    let templates = try templates()
    let names = try FileManager.default.contentsOfDirectory(atPath: root + "/data").sorted()
    var files: [Made] = []
    for name in names where name.hasSuffix(".rec") {
      let file = try DataFile.read(path: "\(root)/data/\(name)")
      let pages = try file.check(templates).render(templates, formats: [.xlsx])
      for page in pages where page.path.hasSuffix(".xlsx") {
        var warnings: [Diagnostic] = []
        guard let packed = try [page].packed(into: &warnings).first else { continue }
        let tables = DocumentTable.all(of: page.bytes).map { WorkbookTable($0, title: "") }
        files.append(Made(name: "\(name)-\(page.path)", bytes: packed.bytes, tables: tables))
      }
      for type in ["so_lieu", "nhiem_vu", "van_ban"] {
        let table = WorkbookTable(try file.table(ofType: type, templates))
        let bytes = try file.workbook(ofType: type, templates)
        files.append(Made(name: "\(name)-\(type).xlsx", bytes: bytes, tables: [table]))
      }
    }
    return files.sorted { $0.name < $1.name }
  }

  private static func withGallery(_ body: (String, [Made]) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "baocao-xlsx-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = try gallery()
    #expect(files.count > 30)
    for file in files {
      try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"))
    }
    try body(folder, files)
  }

  /// Prints what a Vietnamese Excel shows of every cell, by openpyxl's values and formats alone.
  private static let listing = """
    import openpyxl, sys, os, datetime
    from decimal import Decimal
    def number(v, f):
        digits = Decimal(repr(v)) * (100 if f.endswith('%') else 1)
        places = len(f.rstrip('%').split('.')[1]) if '.' in f else 0
        text = format(digits, (',' if '#,##0' in f else '') + '.%df' % places)
        return text.translate(str.maketrans('.,', ',.')) + ('%' if f.endswith('%') else '')
    def day(v, f):
        if f == 'yyyy-mm-dd': return v.strftime(f.replace('yyyy', '%Y').replace('mm', '%m').replace('dd', '%d'))
        date, _, time = f.partition(' ')
        d, m, y = date.split('/')
        text = (str(v.day).zfill(len(d))) + '/' + str(v.month).zfill(len(m)) + '/' + str(v.year)
        return text + (v.strftime(' %H:%M') if time else '')
    def shown(c):
        v, f = c.value, c.number_format
        assert c.data_type != 'f', c.coordinate
        if v is None: return ''
        if isinstance(v, bool): return str(v).lower()
        if isinstance(v, (int, float)): return number(v, f)
        if isinstance(v, datetime.datetime): return day(v, f)
        return v.replace('\\n', '\\\\n')
    for name in sorted(os.listdir(sys.argv[1])):
        book = openpyxl.load_workbook(os.path.join(sys.argv[1], name))
        for sheet in book:
            assert sheet.freeze_panes == 'A2', name
            assert sheet.print_title_rows == '$1:$1', (name, sheet.print_title_rows)
            assert all(c.font.b and c.alignment.horizontal == 'center' for c in sheet[1]), name
            print('#', name, sep='\\t')
            for row in sheet.iter_rows():
                cells = [shown(c) for c in row]
                while cells and cells[-1] == '': cells.pop()
                print('\\t'.join(cells))
    """

  @Test(
    "openpyxl reads the same values, formats, heads and frozen rows",
    .enabled(if: hasOpenpyxl, "openpyxl is not installed"))
  func openpyxl() throws {
    try Self.withGallery { folder, files in
      let result = try Self.python.run(["-c", Self.listing, folder])
      #expect(result.status == 0, "\(result.output.suffix(2000))")
      let expected = files.map(\.listing).joined()
      let lines = zip(result.output.split(separator: "\n"), expected.split(separator: "\n"))
      for (own, wanted) in lines where own != wanted { Issue.record("\(own)\n\(wanted)") }
      #expect(result.output == expected)
    }
  }

  /// `make FOLDER` writes workbooks of figures, days and words of many kinds, with a fixed seed, as
  /// `N-a.xlsx`. `compare FOLDER` compares each with `N-b.xlsx`: the words, and the figures and days that
  /// are seen, column by column.
  private static let roundTrip = """
    import datetime, glob, openpyxl, os, random, sys
    from decimal import Decimal, ROUND_HALF_UP
    HEADS = ['Chỉ tiêu', 'Giá trị', 'Đơn vị tính', 'Giá trị cùng kỳ trước', 'Tính đến ngày']
    WORDS = ['Lượt công dân', 'a & b < c', '"trong ngoặc"', 'hai\\ndòng', '=A1', '+84 24',
             '05', '1e5', 'Ế Ậ Ữ đ', "'nháy", 'TRUE', '#', '%', 'a;b,c', '1/2', 'x: y', 'cuối \\\\']
    FIGURES = ['General', '0', '#,##0', '0.0', '0.00', '#,##0.0', '#,##0.000']
    DAYS = ['dd/mm/yyyy', 'd/m/yyyy', 'yyyy-mm-dd']
    def figure(r):
        kind = r.randrange(5)
        if kind == 0: return r.randrange(10)
        if kind == 1: return r.randrange(-9_000_000, 9_000_000)
        if kind == 2: return r.randrange(9_000_000) / 100
        if kind == 3: return r.random() * 10 ** r.randrange(-2, 9)
        return r.choice(['1.400', '13,5', '-7', '0,25'])
    def make(folder):
        r = random.Random(18)
        for number in range(60):
            book = openpyxl.Workbook()
            sheet = book.active
            heads = HEADS[:3] + [h for h in HEADS[3:] if r.random() < 0.8]
            if r.random() < 0.3: r.shuffle(heads)
            for _ in range(r.choice([0, 0, 1, 2])): sheet.append([])
            sheet.append(heads)
            for row in range(r.randrange(1, 15)):
                if r.random() < 0.1: sheet.append([])
                unit = r.choice(['lượt', 'triệu đồng', '%'])
                for column, head in enumerate(heads, 1):
                    cell = sheet.cell(sheet.max_row + (column == 1), column)
                    if head == HEADS[0]: cell.value, cell.data_type = f'{row} {r.choice(WORDS)}', 's'
                    elif head == HEADS[2]: cell.value = unit
                    elif head == HEADS[4]:
                        if r.random() < 0.3: continue
                        cell.value = datetime.date(2026, 1, 1) + datetime.timedelta(days=r.randrange(365))
                        cell.number_format = r.choice(DAYS)
                    elif head == HEADS[3] and r.random() < 0.3: continue
                    elif unit == '%' and r.random() < 0.7:
                        cell.value, cell.number_format = r.random(), r.choice(['0%', '0.0%', '0.00%'])
                    else: cell.value, cell.number_format = figure(r), r.choice(FIGURES)
            book.save(f'{folder}/{number}-a.xlsx')
    def shown(cell):
        v, f = cell.value, cell.number_format
        if isinstance(v, (datetime.date, datetime.datetime)): return v.strftime('%Y-%m-%d')
        if isinstance(v, str):
            try: return Decimal(v.replace('.', '').replace(',', '.')).normalize()
            except ArithmeticError: return v
        if not isinstance(v, (int, float)): return v
        seen = Decimal('%.15g' % v) * (100 if f.endswith('%') else 1)
        if f != 'General':
            places = len(f.rstrip('%').split('.')[1]) if '.' in f else 0
            seen = seen.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return seen.normalize() + 0
    def rows(path):
        cells = [row for row in openpyxl.load_workbook(path).active.iter_rows() if any(c.value is not None for c in row)]
        heads = [c.value for c in cells[0]]
        return [{h: shown(c) for h, c in zip(heads, row) if c.value is not None} for row in cells[1:]]
    def compare(folder):
        for path in sorted(glob.glob(folder + '/*-a.xlsx')):
            old, new = rows(path), rows(path.replace('-a.', '-b.'))
            assert old == new, '\\n'.join([path] + [f'{a}\\n{b}' for a, b in zip(old, new) if a != b] + [f'{len(old)} {len(new)}'])
        print('same')
    {'make': make, 'compare': compare}[sys.argv[1]](sys.argv[2])
    """

  @Test(
    "a workbook of openpyxl comes back with its words, figures and days, with a fixed seed",
    .enabled(if: hasOpenpyxl, "openpyxl is not installed"))
  func thereAndBack() throws {
    let folder = NSTemporaryDirectory() + "baocao-xlsx-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try Self.python.run(["-c", Self.roundTrip, "make", folder])
    #expect(made.status == 0, "\(made.output.suffix(2000))")
    let templates = try templates()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count == 60)
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
      let imported = try ImportedSheet(
        workbook: name, bytes, sheet: nil, ofType: "so_lieu", into: nil, templates, clearing: [])
      let file = try DataFile.read(name: "a.rec", bytes: imported.bytes)
      let again = try file.workbook(ofType: "so_lieu", templates)
      let path = "\(folder)/\(name.replacing("-a.", with: "-b."))"
      try Data(again).write(to: URL(fileURLWithPath: path))
    }
    let result = try Self.python.run(["-c", Self.roundTrip, "compare", folder])
    #expect(result.status == 0 && result.output == "same\n", "\(result.output.suffix(3000))")
  }

  @Test("figures and days are numbers in what ships") func areNumbers() throws {
    let values = try Self.gallery().flatMap(\.tables).flatMap { table in
      table.rows.flatMap { row in
        zip(row, table.readings).map { cell, reading in reading.value(cell.text) }
      }
    }
    let formats = Set(
      values.compactMap { value -> String? in
        if case .number(_, let format) = value { format } else { nil }
      })
    #expect(formats.isSuperset(of: ["0", "#,##0", "0.0", "#,##0.0", "dd/m/yyyy"]), "\(formats)")
  }

  @Test(
    "openxml-audit finds no error", .enabled(if: hasAudit, "openxml-audit is not installed"))
  func audit() throws {
    try Self.withGallery { folder, files in
      let script = """
        import openxml_audit.cli, sys
        sys.argv[0] = 'openxml-audit'
        openxml_audit.cli.main()
        """
      for file in files {
        let result = try Self.python.run(["-c", script, "\(folder)/\(file.name)"])
        #expect(result.status == 0, "\(file.name): \(result.output)")
      }
    }
  }

  /// Prints the cells of pages of HTML that LibreOffice made.
  private static let htmlListing = """
    import html.parser, os, sys
    class Tables(html.parser.HTMLParser):
        def __init__(self, name):
            super().__init__()
            self.name, self.rows, self.cell = name, [], None
        def handle_starttag(self, tag, attributes):
            if tag == 'table': self.rows.append(['#', self.name])
            elif tag == 'tr': self.rows.append([])
            elif tag == 'td': self.cell = ''
            elif tag == 'br' and self.cell is not None: self.cell += '\\n'
        def handle_endtag(self, tag):
            if tag == 'td':
                # An empty cell has a line break.
                self.rows[-1].append('' if self.cell == '\\n' else self.cell.replace('\\n', '\\\\n'))
                self.cell = None
        def handle_data(self, data):
            if self.cell is not None: self.cell += data.strip('\\n\\t').replace('\\n', ' ')
    for name in sorted(os.listdir(sys.argv[1])):
        if not name.endswith('.html'): continue
        tables = Tables(name[:-5] + '.xlsx')
        tables.feed(open(os.path.join(sys.argv[1], name), encoding='utf-8').read())
        for cells in tables.rows:
            while cells and cells[-1] == '': cells.pop()
            print('\\t'.join(cells))
    """

  /// Has LibreOffice show figures and days as in Vietnam.
  private static let vietnamese = """
    <?xml version="1.0" encoding="UTF-8"?>
    <oor:items xmlns:oor="http://openoffice.org/2001/registry">
    <item oor:path="/org.openoffice.Setup/L10N">
    <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item></oor:items>
    """

  @Test(
    "LibreOffice shows the same words, figures and days",
    .enabled(if: office != nil && python.isHere, "LibreOffice or Python is not installed"))
  func libreOffice() throws {
    let office = try #require(Self.office)
    try Self.withGallery { folder, files in
      let user = folder + "/profile/user"
      try FileManager.default.createDirectory(atPath: user, withIntermediateDirectories: true)
      try Data(Self.vietnamese.utf8).write(
        to: URL(fileURLWithPath: user + "/registrymodifications.xcu"))
      let converted = try office.run(
        [
          "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to", "html",
          "--outdir", folder + "/html",
        ] + files.map { "\(folder)/\($0.name)" })
      #expect(converted.status == 0, "\(converted.output.suffix(2000))")
      let result = try Self.python.run(["-c", Self.htmlListing, folder + "/html"])
      #expect(result.status == 0, "\(result.output.suffix(2000))")
      let expected = files.map(\.listing).joined()
      let lines = zip(result.output.split(separator: "\n"), expected.split(separator: "\n"))
      for (own, wanted) in lines where own != wanted { Issue.record("\(own)\n\(wanted)") }
      #expect(result.output == expected)
    }
  }
}
