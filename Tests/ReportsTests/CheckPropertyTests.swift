import CaseFiles
import Texts
import Templating
import Testing
import Vietnamese

@testable import Reports

/// What checks rest on: a plan learns from one file and says the same of the next, and what is told
/// of a value by its bytes is what reading it says.
@Suite struct CheckPropertyTests {
  static let names = Result { try Files.names(in: GoldenTests.root + "/data") }
  static let templates = Result {
    try TemplateCollection(TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }

  private func problems(
    _ name: String, _ bytes: [UInt8], _ templates: TemplateCollection
  ) throws -> [String] {
    guard let file = try? DataFile.read(name: name, bytes: bytes) else { return [] }
    let checked = file.check(templates)
    return checked.problems.map { $0.message(in: .vietnamese) }
      + checked.texts.map { "\($0.place.range)" } + checked.reports.map(\.name)
  }

  /// Mistakes as people make them, and others.
  private static let pieces = [
    "đã đã", "góp phầm", "6.Thực hiện", "\"", "”", "34/2007/PL-UBTVQH", "65-KL/TW ngày 04/3/2000",
    "31/02/2024", "30/6/2030", "2024-01-05", "1.400", "1,400", "99", "0", "-5", "tăng 12,5%",
    "không đổi", "triệu đồng", "tỷ đồng", "trên", "UBND quận", "Sở Nội vụ", "năm 2023", "quý V",
    "\n",
    "\n\n", "+ ", ": ", "#", "bo_qua: K201 vì thế\n", "ma: LUAT\n", "theo: KHONG\n", "muc: xyz\n",
    "tại", "Đồng chí", "đ/c", "chữ.", "chữ;", "Bí thư", "BÍ THƯ", "T/M", "TM.", "K/T", "kết quả",
    "địa bàn", "Kính gửi", "07-BC/BCĐ", "Luật", "đề nghị", "năm 2010", "quý I năm 2016",
    "6 tháng đầu năm 2017", "cùng kỳ năm 2016", "dang-2018", "ky_toi: năm 2010\n",
    "ky_so_sanh: quý I năm 2010\n", "trich_yeu: báo cáo việc;\n",
    "", " ", "so", "%", "nha-nuoc-2020", "%rec: so_lieu\n", "%mandatory: ma\n", "ngay",
  ]

  /// A file with up to three mistakes.
  private func mutated(_ whole: [UInt8], _ random: inout FixedRandom) -> [UInt8] {
    var bytes = whole
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let piece = Self.pieces.randomElement(using: &random) ?? ""
      let starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 && bytes[$0] <= 0x20 }
      let start = (starts.randomElement(using: &random) ?? 0) + 1
      let end = starts.first { $0 >= start } ?? bytes.count
      let keeps = Bool.random(using: &random)
      bytes.replaceSubrange(start..<(keeps ? start : max(start, end)), with: piece.utf8)
    }
    return bytes
  }

  @Test("what was learned from other files changes nothing") func plansThatHaveLearned() throws {
    var random = FixedRandom(seed: 7)
    let folder = TemplateFolder(GoldenTests.root + "/Templates")
    var found = 0
    for name in try Self.names.get() where name.hasSuffix(".rec") {
      let path = GoldenTests.root + "/data/" + name
      let whole = try Files.read(path)
      for _ in 0..<8 {
        let bytes = mutated(whole, &random)
        let problems = try problems(path, bytes, try Self.templates.get())
        let fresh = try TemplateCollection(folder, undefined: .strict)
        #expect(try self.problems(path, bytes, fresh) == problems)
        found += problems.count
      }
    }
    #expect(found > 300)
  }

  @Test("a file that demands what another demanded is shown its own demands")
  func borrowedPlaces() throws {
    let path = GoldenTests.root + "/data/quan-minh-hoa-2024-6-thang.rec"
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    let cut = "# Một dòng thêm.\n" + text.replacing("\ndon_vi: ", with: "\nten: ")
    func notes(_ templates: TemplateCollection) throws -> [String] {
      let file = try DataFile.read(name: path, bytes: Array(cut.utf8))
      return file.check(templates).problems.map { $0.message(in: .vietnamese) }
    }
    let folder = TemplateFolder(GoldenTests.root + "/Templates")
    let templates = try TemplateCollection(folder, undefined: .strict)
    _ = try DataFile.read(path: path).check(templates)
    let found = try notes(templates)
    #expect(found == (try notes(try TemplateCollection(folder, undefined: .strict))))
    #expect(found.count > 3)
  }

  @Test("a common form says what reading it says") func commonForms() throws {
    var random = FixedRandom(seed: 8)
    let pieces =
      Array("0123456789/-.,% :|T".unicodeScalars.map { String($0) })
      + [
        "12", "2024", "năm ", "tháng ", "6 tháng đầu ", "quý ", "II ", "/KH-UBND", "-KL/TW", "NĐ",
        "Q", "18:10", " | ",
      ]
    for _ in 0..<60_000 {
      let count = Int.random(in: 1...8, using: &random)
      let text = Text(
        (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined())
      if let date = text.withBytes({ CalendarDate(commonForm: $0) }) {
        #expect(date == (try? CalendarDate(text)), "\(text.string)")
      }
      if let date = text.withBytes({ DateWithTime(commonForm: $0) }) {
        #expect(date == (try? DateWithTime(text)), "\(text.string)")
      }
      if let period = text.withBytes({ Period(commonForm: $0) }) {
        #expect(period == (try? Period(text)), "\(text.string)")
      }
      if let figure = text.withBytes({ PlainFigure($0) }) {
        let read = try? HedgedNumber(text)
        #expect(read.map { Decimal($0.decimal) } == Decimal(figure), "\(text.string)")
        #expect(read?.isPercent == figure.isPercent && read?.unit.isEmpty == true)
        let point = read?.decimal.firstIndex(of: UInt8(ascii: "."))
        let decimals = point.map { (read?.decimal.count ?? 0) - $0 - 1 } ?? 0
        #expect(decimals == figure.decimals, "\(text.string)")
      }
      if let sign = text.withBytes({ NumberAndYear($0) }), let read = try? DocumentNumber(text) {
        #expect(Int(read.number.string) == sign.number && read.year == sign.year, "\(text.string)")
      }
      if text.withBytes(DocumentNumber.hasCommonForm) {
        #expect((try? DocumentNumber(text)) != nil, "\(text.string)")
      }
    }
  }

  @Test("a phrase is heard wherever it stands") func phrases() {
    var random = FixedRandom(seed: 12)
    let phrases = ["bí thư", "T/M", "TM.", "đảng ủy", "của", "[0-9]", "“", "ủy", "-", "hòa"]
      .map { Phrase(Text($0)) }
    let pieces = [
      "bí thư", "Bí Thư", "BÍ THƯ", "t/m", "TM.", "ĐẢNG UỶ", "đảng ủy", "của", "Cua", "7", "“", "”",
      "uỷ", "Hoà", "hòa", " ", " ", "-", ".", "b", "thư", "đ", "",
    ]
    var found = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...6, using: &random)
      let text = Text((0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined())
      for phrase in phrases {
        if phrase.length(atStartOf: text.bytes) != nil {
          #expect(text.withBytes { phrase.mayBegin($0) }, "\(phrase.text.string): \(text.string)")
          found += 1
        }
        if phrase.place(in: text) != nil {
          #expect(text.withBytes { phrase.mayBe(in: $0) }, "\(phrase.text.string): \(text.string)")
          found += 1
        }
      }
    }
    #expect(found > 10_000)
  }

  @Test("blocks of bytes give the words that single bytes give") func blocks() {
    var random = FixedRandom(seed: 10)
    let pieces =
      Array(" \n.,-/()\"09aBIVXz".unicodeScalars.map { String($0) })
      + ["đ", "Đ", "ệ", "Ở", "a\u{301}", "«", "»", "“", "”", "–", "…", "ก", "字", "€", "ø", "Ω"]
      + [
        "phường", "Ủy ban", "II", "2024", "12345678", " và và ", "nghiêngnghiêng", ".  ", "\u{7F}",
      ]
    var filter = WordFilter()
    for word in ["phường", "ban", "B"] { filter.insert(word.utf8) }
    for round in 0..<20_000 {
      let count = Int.random(in: 0...60, using: &random)
      var string = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      if round % 50 == 0 { string += "😀 " + string }
      let source = Text(string + String(repeating: "x", count: round % 70 + 64)).source
      let starts = source.bytes.indices.filter { source.bytes[$0] & 0xC0 != 0x80 }
      let (one, other) = (
        starts.randomElement(using: &random), starts.randomElement(using: &random)
      )
      guard let one, let other else { continue }
      let text = Text(
        source: source, range: SourceRange(start: min(one, other), end: max(one, other)))
      var (words, known) = (TextWords(), TextWords())
      words.split(text, marking: filter, byteByByte: false)
      known.split(text, marking: filter, byteByByte: true)
      #expect(words.map(\.all) == known.map(\.all), "\(text.string)")
      #expect(words.marked.map(\.all) == known.marked.map(\.all), "\(text.string)")
      #expect(words.hasQuotes == known.hasQuotes)
      #expect(zip(words, words.dropFirst()).allSatisfy { $0.end < $1.start })
      let doubled = words.indices.dropFirst().filter {
        words[$0].followsBlank && words[$0].hash == words[$0 - 1].hash
      }
      let marked = words.marked.filter(\.mayBeDouble).map { Int($0.index) }
      #expect(Set(marked).isSuperset(of: doubled))
      for (index, word) in words.enumerated() { #expect(words.hash(at: index) == word.hash) }
    }
  }

  @Test("a filter holds every word that was put in") func wordFilter() {
    var random = FixedRandom(seed: 9)
    var filter = WordFilter()
    let known = (0..<200).map { _ in "a" + String(random.next() % 1_000_000_000) }
    for word in known { filter.insert(word.utf8) }
    var words = TextWords()
    words.split(Text(known.joined(separator: " ")), marking: filter)
    #expect(words.marked.count == 200 && words.count == 200)
    #expect(words.allSatisfy { filter.mayHold($0.key) })
  }

  @Test("a word has one hash, wherever it stands") func hashes() {
    for word in ["a", "đã", "Thường", "phường", "nghiêng", "nghiêngnghiêng", "12345678"] {
      for tail in ["", " x", " và những chữ sau nữa"] {
        var words = TextWords()
        words.split(Text(word + tail), marking: WordFilter())
        #expect(words.first?.hash == WordTable.hash(word.utf8), "\(word)\(tail)")
      }
    }
  }
}

extension Decimal {
  fileprivate init?(_ figure: PlainFigure) {
    let sign = figure.digits < 0 ? "-" : ""
    var digits = String(figure.digits.magnitude)
    while digits.count <= figure.decimals { digits = "0" + digits }
    let point = digits.index(digits.endIndex, offsetBy: -figure.decimals)
    let fraction = figure.decimals == 0 ? "" : "." + digits[point...]
    self.init((sign + digits[..<point] + fraction).utf8)
  }
}

extension TextWords.Mark {
  fileprivate var all: String { "\(index) \(key) \(isOdd) \(mayBeDouble)" }
}

extension Word {
  /// All that is known of it, to compare.
  fileprivate var all: String { "\(start) \(end) \(hash) \(kind) \(followsBlank)" }
}
