import CaseFiles
import Diagnostics
import Foundation
import Markdown
import Records
import Reports
import Templating
import Testing
import Texts

/// What the documents of one data file say of the same thing is the same: in Markdown, HTML and plain
/// text, and in the report, the plan and the post.
@Suite struct AgreementTests {
  private static let shipped = Result {
    try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }

  @Test("the words of a document are the same in each form", arguments: GoldenTests.dataFiles)
  func forms(_ name: String) throws {
    let file = try AgreedFile(name, Self.shipped.get())
    #expect(file.disagreementsOfForms == [], "\(name)")
  }

  @Test("figures, numbers, dates and names are those of the data", arguments: GoldenTests.dataFiles)
  func facts(_ name: String) throws {
    let file = try AgreedFile(name, Self.shipped.get())
    #expect(file.disagreementsWithData == [], "\(name)")
  }

  @Test("what two documents of a file say in the same words, they say with the same figures")
  func documents() throws {
    var shared = 0
    for name in GoldenTests.dataFiles {
      let file = try AgreedFile(name, Self.shipped.get())
      let (disagreements, count) = file.disagreementsOfDocuments
      #expect(disagreements == [], "\(name)")
      shared += count
    }
    // Enough is said twice for the test to mean something.
    #expect(shared > 60, "\(shared)")
  }

  /// A template that prints something wrong: the file, what stands in it, and what is put there.
  struct Mutation: CustomTestStringConvertible {
    let file: String
    let old: String
    let new: String
    var testDescription: String { "\(file): \(new)" }

    init(_ file: String, _ old: String, _ new: String) {
      (self.file, self.old, self.new) = (file, old, new)
    }
  }

  private static let mutations = [
    Mutation("khung/cau.md.jinja", "0{{ s.gia_tri | so }}", "0{{ (s.gia_tri + 1) | so }}"),
    Mutation("khung/cau.md.jinja", "{{ s.uoc }} {# liền #}", "dưới {# liền #}"),
    Mutation("khung/cau.md.jinja", "{{ n.ho_ten }}, {{ n.chuc_vu }}", "{{ n.ho_ten }}, Trưởng ban"),
    Mutation("khung/cau.md.jinja", "ngày {{ c.ngay | ngay }}", "ngày {{ \"15/8/2023\" | ngay }}"),
    Mutation("khung/cau.md.jinja", " số {{ c.so_ky_hieu }}", " số 1{{ c.so_ky_hieu }}"),
    Mutation("khung/bang-chi-tieu.md.jinja", "{{ s.gia_tri | so }}", "{{ s.gia_tri | so }}0"),
    Mutation("tin-bai/mau.md.jinja", "{{ ngay_hop | ngay }}", "{{ \"21/6/2024\" | ngay }}"),
    Mutation("tin-bai/mau.md.jinja", "{{ so_y_kien | hai_chu_so }}", "{{ so_y_kien + 1 }}"),
    Mutation("tin-bai/mau.md.jinja", "Đồng chí {{ n.ho_ten }}", "Đồng chí Lý Văn {{ n.ho_ten }}"),
    Mutation(
      "tin-bai/mau.md.jinja", "{{ cau_so_lieu(s, loop.changed(s.den_ngay), ky_so_sanh) }}",
      "{{ cau_so_lieu(s, loop.changed(s.den_ngay), ky_so_sanh) | replace(\"4\", \"5\") }}"),
    Mutation(
      "khung/phu-luc-rieng.md.jinja", "{{ van_ban.so | hai_chu_so }}", "{{ van_ban.so + 1 }}"),
    Mutation(
      "khung/phu-luc-rieng.md.jinja", "{{ van_ban.ngay_ban_hanh | ngay_chu }}",
      "{{ \"02/7/2024\" | ngay_chu }}"),
    Mutation("khung/phan-ky.txt.jinja", "van_ban.nguoi_ky", "\"Trần Thị C\""),
    Mutation("layouts/nha-nuoc.html.jinja", "{{ van_ban.dia_danh }}, ", "Hà Nội, "),
    Mutation("khung/noi-nhan.md.jinja", " {{ van_ban.luu }}.", "."),
    Mutation(
      "layouts/trang-tin.txt.jinja", "{{ van_ban.luot_xem | so }}", "{{ van_ban.luot_xem }}"),
  ]

  @Test("a template that prints something wrong is found", arguments: mutations)
  func found(_ mutation: Mutation) throws {
    let folder = NSTemporaryDirectory() + "baocao-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: GoldenTests.root + "/Templates", toPath: folder)
    let path = folder + "/" + mutation.file
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(mutation.old))
    try text.replacing(mutation.old, with: mutation.new)
      .write(toFile: path, atomically: true, encoding: .utf8)
    let templates = try TemplateCollection(TemplateFolder(folder), undefined: .strict)
    let file = try AgreedFile("ubnd-phuong-vi-du-2024-6-thang.rec", templates)
    let found =
      file.disagreementsOfForms + file.disagreementsWithData + file.disagreementsOfDocuments.found
    #expect(!found.isEmpty)
  }
}

/// A data file and what its documents say.
private struct AgreedFile {
  let data: Database
  let text: String
  let documents: [AgreedDocument]

  init(_ name: String, _ templates: TemplateCollection) throws {
    let path = GoldenTests.root + "/data/" + name
    let file = try DataFile.read(path: path)
    let files = try file.check(templates).render(templates, formats: [.markdown, .html, .text])
    text = try String(contentsOfFile: path, encoding: .utf8)
    let source = Source(name: name, bytes: Array(text.utf8))
    var ignored: [Diagnostic] = []
    data = Database.read(source, into: &ignored)
    documents = zip(
      data.records(ofType: "van_ban"),
      files.map(\.path).filter { $0.hasSuffix(".md") && !$0.hasSuffix("-sao.md") }
    )
    .map { record, path in
      func bytes(_ ending: String) -> [UInt8] {
        files.first { $0.path == path.dropLast(3) + ending }?.bytes ?? []
      }
      return AgreedDocument(
        name: String(path.dropLast(3)), record: record, markdown: bytes(".md"),
        html: bytes(".html"), text: bytes(".txt"))
    }
  }

  // MARK: The forms of a document

  var disagreementsOfForms: [String] {
    documents.flatMap { document in
      let html = Words.counted(document.page)
      return [("md", document.markdown), ("txt", document.text)].compactMap {
        form, text -> String? in
        let found = Words.counted(text)
        if found == html { return nil }
        let difference = Set(found.keys).union(html.keys).filter { word in
          let (one, other) = (found[word, default: 0], html[word, default: 0])
          // A table that is too wide for a text file names the columns in each row.
          return one != other && !(one > other && document.heads.contains(word))
        }
        if difference.isEmpty { return nil }
        return "\(document.name).\(form): \(difference.sorted())"
      }
    }
  }

  // MARK: The documents of a file

  var disagreementsOfDocuments: (found: [String], shared: Int) {
    var known: [String: (values: Set<String>, document: String)] = [:]
    var (found, shared): ([String], Int) = ([], 0)
    for document in documents {
      for (context, values) in Words.figures(in: document.body) {
        guard let before = known[context] else {
          known[context] = (values, document.name)
          continue
        }
        shared += 1
        if values.isSubset(of: before.values) || before.values.isSubset(of: values) { continue }
        found.append(
          "\(context): \(before.values.sorted()) in \(before.document), \(values.sorted()) in "
            + document.name)
      }
    }
    return (found, shared)
  }

  // MARK: The data

  var disagreementsWithData: [String] {
    wrongSentences + wrongRows + wrongCounts + wrongSigns + wrongDates + wrongNames + foreignNumbers
  }

  private var figures: [AgreedFigure] { data.records(ofType: "so_lieu").map { AgreedFigure($0) } }

  /// Where a document begins the sentence of a figure, the figure follows.
  private var wrongSentences: [String] {
    documents.flatMap { document in
      figures.compactMap { figure -> String? in
        guard !figure.opening.isEmpty else { return nil }
        let same = figures.filter { $0.opening == figure.opening }
        let body = document.body.lowercased()
        let said = body.ranges(of: figure.opening + " ").map { body[$0.upperBound...] }
          .filter { rest in rest.prefix(12).contains { $0.isNumber } }
        if said.allSatisfy({ rest in same.contains { rest.hasPrefix($0.printed) } }) { return nil }
        return "\(document.name): «\(figure.opening)» without «\(figure.printed)»"
      }
    }
  }

  /// Opinions, and those who are rewarded, are as many as the data say.
  private var wrongCounts: [String] {
    let opinions = data.records(ofType: "su_viec").map {
      ($0.text("so_y_kien"), "ý kiến phát biểu")
    }
    let rewards = data.records(ofType: "khen_thuong").map {
      ($0.text("so_luong"), $0.text("doi_tuong"))
    }
    return documents.flatMap { document in
      (opinions + rewards).flatMap { count, what -> [String] in
        guard !count.isEmpty, !what.isEmpty else { return [] }
        let wanted = (opinions + rewards).filter { $0.1 == what }.map { Words.plain($0.0) }
        return document.prose.ranges(of: " " + what).compactMap { range -> String? in
          let number = document.prose[..<range.lowerBound].split(separator: " ").last ?? ""
          let isRight =
            !number.allSatisfy(\.isNumber) || wanted.contains(Words.plain(String(number)))
          return isRight ? nil : "\(document.name): \(number) \(what)"
        }
      }
    }
  }

  /// The row of a figure has its value.
  private var wrongRows: [String] {
    documents.flatMap { document in
      figures.compactMap { figure -> String? in
        let rows = document.rows.filter { $0.count > 3 && $0[1] == figure.name }
        let isRight = rows.allSatisfy { $0[3] == figure.value }
        return isRight ? nil : "\(document.name): «\(figure.name)» without «\(figure.value)»"
      }
    }
  }

  /// A document's number and sign are its own, or those of one that the data names.
  private var wrongSigns: [String] {
    documents.flatMap { document in
      document.page.matches(of: /([0-9]+)([\/-])(\p{Lu}[\p{L}\/-]+)(,? ngày ([^;.]{8,24}))?/)
        .compactMap { match -> String? in
          let sign = String(match.1 + match.2 + match.3)
          let own = documents.first { $0.sign == Words.plain(sign) }
          guard let own else { return text.contains(sign) ? nil : "\(document.name): \(sign)" }
          guard let date = match.5.map(String.init), let wanted = own.day else { return nil }
          return Words.day(date) == wanted ? nil : "\(document.name): \(sign) ngày \(date)"
        }
    }
  }

  /// Days are those of the data; the period of the figures is reckoned.
  private var wrongDates: [String] {
    let known = Set(Words.days(in: text))
    return documents.flatMap { document in
      let body = document.body.replacing(/Số liệu trong báo cáo tính từ[^)]*/, with: "")
      return Words.days(in: body).filter { !known.contains($0) }.map { "\(document.name): \($0)" }
    }
  }

  /// A name is followed by the post that the data gives, and nobody else is named.
  private var wrongNames: [String] {
    let people = data.records(ofType: "nguoi").map { ($0.text("ho_ten"), $0.text("chuc_vu")) }
    return documents.flatMap { document -> [String] in
      let others = document.body.matches(of: /[Đđ]ồng chí ((?:\p{Lu}\p{Ll}+ ?){2,5})/)
        .map { $0.1.trimmingCharacters(in: .whitespaces) }
        // The next block begins with a capital, too.
        .filter { name in
          !text.contains(name.split(separator: " ").dropLast().joined(separator: " "))
        }
      let posts = people.flatMap { name, post in
        document.body.ranges(of: name + ", ").map { document.body[$0.upperBound...] }
          .filter { !$0.lowercased().hasPrefix(post.lowercased()) && $0.first?.isUppercase == true }
          .map { "\(name), \($0.prefix(20))" }
          // What a caption says, its author has written.
          .filter { !text.contains($0) }
      }
      return (others + posts + document.wrongSigner(among: people)).map {
        "\(document.name): \($0)"
      }
    }
  }

  /// Every number in running text is one of the data: templates reckon in tables only, but for the
  /// numbers of articles, and in minutes the parts of those who are there and vote, with their share.
  private var foreignNumbers: [String] {
    let figures = Set(Words.numbers(in: text))
    func isKnown(_ number: String, in prose: String) -> Bool {
      if figures.contains(number) { return true }
      let parts = number.split(separator: "/").map(String.init)
      if parts.count == 2 { return parts.allSatisfy(figures.contains) }
      return prose.matches(of: /([0-9]+)\/([0-9]+)/).contains { match in
        guard let part = Double(match.1), let whole = Double(match.2), whole > 0 else {
          return false
        }
        let tenths = Int((part / whole * 1000).rounded())
        return number == "\(tenths / 10),\(tenths % 10)"
      }
    }
    return documents.flatMap { document in
      let prose = document.prose.replacing(/Số liệu trong báo cáo tính từ[^)]*/, with: "")
        .replacing(/ngày [0-9]+ tháng [0-9]+ năm [0-9]+/, with: "")
        .replacing(/(Điều|Biểu đồ) [0-9]+\./, with: "")
      return Words.numbers(in: prose).filter { !isKnown($0, in: prose) }.map {
        "\(document.name): \($0)"
      }
    }
  }
}

extension Record {
  fileprivate func text(_ name: String) -> String { field(name)?.value.string ?? "" }
}

/// A figure as a document has to print it.
private struct AgreedFigure {
  let name: String
  /// The words before it, in small letters.
  let opening: String
  /// `trên 1.400`
  let value: String
  /// With its unit, in small letters, as running text says it.
  let printed: String

  init(_ record: Record) {
    name = record.text("chi_tieu")
    opening = record.text("cau_dau").lowercased()
    let number = record.text("gia_tri")
    let hedge = record.text("uoc").isEmpty ? "" : record.text("uoc") + " "
    value = hedge + Self.grouped(number)
    let unit = record.text("don_vi")
    let isSmall = number.count == 1 && number != "0" && !unit.hasPrefix("%")
    printed =
      (hedge + (isSmall ? "0" : "") + Self.grouped(number) + (unit.hasPrefix("%") ? "" : " ") + unit)
      .lowercased()
  }

  /// `1400` as `1.400`; whatever has other signs stays as it is.
  private static func grouped(_ number: String) -> String {
    let parts = number.split(separator: ",", maxSplits: 1)
    guard let whole = parts.first, whole.count > 3, whole.allSatisfy(\.isNumber) else {
      return number
    }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(".") }
      grouped.append(digit)
    }
    return parts.count > 1 ? grouped + "," + parts[1] : grouped
  }
}

/// A document as running text in each form.
private struct AgreedDocument {
  let name: String
  let record: Record
  let markdown: String
  let text: String
  /// All of the page.
  let page: String
  /// Without head and signature.
  let body: String
  /// The body without its tables.
  let prose: String
  /// The cells of each row of its tables.
  let rows: [[String]]
  /// The words in the heads of its tables.
  let heads: Set<String>

  init(name: String, record: Record, markdown: [UInt8], html: [UInt8], text: [UInt8]) {
    (self.name, self.record) = (name, record)
    var fragment: [UInt8] = []
    Markdown.Document(parsing: markdown.span).appendHTML(to: &fragment)
    self.markdown = Words.shown(String(decoding: fragment, as: UTF8.self))
    self.text = String(decoding: text, as: UTF8.self)
    let html = String(decoding: html, as: UTF8.self)
    page = Words.shown(html)
    let parts = html.matches(
      of: /(?s)<main[^>]*>(.*?)<\/main>|<section class="phu-luc">(.*?)<\/section>/)
    let inner = parts.map { String($0.1 ?? $0.2 ?? "") }.joined(separator: "\n")
    let numberless = inner.replacing(
      #/<(h[0-9]|p|li)([^>]*)>[0-9]+\. /#, with: { "<\($0.1)\($0.2)>" })
    body = Words.shown(numberless)
    let unnumbered = numberless.replacing(/(?s)<table.*?<\/table>/, with: " ")
      .replacing("<ol>", with: "<ul>").replacing("</ol>", with: "</ul>")
    prose = Words.shown(unnumbered)
    heads = Set(
      inner.matches(of: #/(?s)<th[^>]*>(.*?)</th>/#).flatMap {
        Words.counted(Words.shown(String($0.1))).keys
      })
    rows = inner.matches(of: /(?s)<tr>(.*?)<\/tr>/).map { row in
      row.1.matches(of: /(?s)<t[dh][^>]*>(.*?)<\/t[dh]>/).map { Words.shown(String($0.1)) }
    }
  }

  /// Its own number and sign; nil for a post.
  var sign: String? {
    guard !record.text("ky_hieu").isEmpty, !record.text("so").isEmpty else { return nil }
    return Words.plain(record.text("so") + "/" + record.text("ky_hieu"))
  }

  var day: String? { Words.days(in: record.text("ngay_ban_hanh")).first }

  /// The signer stands below the title; one who is named elsewhere has that title there too.
  func wrongSigner(among people: [(String, String)]) -> [String] {
    let (signer, title) = (record.text("nguoi_ky"), record.text("chuc_vu_ky"))
    guard !signer.isEmpty else { return [] }
    let isBelow = page.range(of: title).map { page[$0.upperBound...].contains(signer) } ?? false
    let posts = people.filter { $0.0 == signer }.map { $0.1.uppercased() }
    let isSame = posts.allSatisfy { $0.contains(title) }
    return isBelow && isSame ? [] : ["\(title) \(signer)"]
  }
}

/// Texts by their words.
private enum Words {
  /// The text that a page shows: numbers of lists, and what pictures show, among it.
  static func shown(_ html: String) -> String {
    let body = html.replacing(#/(?s)<!DOCTYPE.*?</head>/#, with: "")
      .replacing(#/(?s)<nav[^>]*>\s*<ol>(.*?)</ol>/#, with: { String($0.1) })
      // What only the page has: comments, the link to its text, and what charts draw of their tables.
      .replacing(#/(?s)<!--.*?-->|<svg.*?</svg>|<a class="bo-qua".*?</a>/#, with: "")
    var text = ""
    var lists: [Int?] = []
    var rest = body[...]
    while let tag = rest.firstMatch(of: /(?s)<(\/?)(\w+)([^>]*)>/) {
      text += rest[..<tag.range.lowerBound]
      let (isEnd, name) = (!tag.1.isEmpty, String(tag.2))
      if !["em", "strong", "span", "a", "code"].contains(name) { text += " " }
      switch name {
      case "ol": if isEnd { _ = lists.popLast() } else { lists.append(start(String(tag.3))) }
      case "ul": if isEnd { _ = lists.popLast() } else { lists.append(nil) }
      case "li" where !isEnd:
        if let last = lists.last, let number = last {
          text += "\(number). "
          lists[lists.count - 1] = number + 1
        }
      case "img":
        text += "Ảnh: " + (tag.3.firstMatch(of: /alt="([^"]*)"/).map { String($0.1) } ?? "")
      default: break
      }
      rest = rest[tag.range.upperBound...]
    }
    text += rest
    for (reference, sign) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"),
      ("&amp;", "&"),
    ] { text = text.replacing(reference, with: sign) }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func start(_ attributes: String) -> Int {
    attributes.firstMatch(of: /start="([0-9]+)"/).flatMap { Int($0.1) } ?? 1
  }

  private static func words(in text: String) -> [String] {
    text.split { $0.isWhitespace || $0 == "|" }.compactMap { word in
      let signs = CharacterSet.alphanumerics.union(["%"]).inverted
      let bare = word.trimmingCharacters(in: signs)
      return bare.isEmpty ? nil : bare
    }
  }

  /// How often each word is there.
  static func counted(_ text: String) -> [String: Int] {
    Dictionary(words(in: text).map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// The figures of a text by the words around them.
  static func figures(in text: String) -> [String: Set<String>] {
    let words = words(in: text)
    let masked = words.map { word in word.contains(where: \.isNumber) ? "#" : word.lowercased() }
    var figures: [String: Set<String>] = [:]
    for index in words.indices where masked[index] == "#" && index >= 4 && index + 2 < words.count {
      let context = masked[(index - 4)...(index + 2)]
      // Lists of numbers say nothing of what is counted.
      guard context.count(where: { $0 == "#" }) <= 2 else { continue }
      figures[context.joined(separator: " "), default: []].insert(plain(words[index]))
    }
    return figures
  }

  /// A number without the zeros before it and the points in it.
  static func plain(_ word: String) -> String {
    let isGrouped = word.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?%?/) != nil
    let digits = isGrouped ? word.replacing(".", with: "") : word
    return digits.replacing(/^0+(?=[0-9])/, with: "").replacing(/^([0-9]+)-/, with: { "\($0.1)/" })
  }

  /// The numbers that are not parts of days and signs.
  static func numbers(in text: String) -> [String] {
    text.matches(of: /[0-9]+(?:[.,\/:][0-9]+)*/).map { plain(String($0.output)) }
      .filter { $0.wholeMatch(of: /[0-9]{1,2}\/[0-9]{1,2}\/[0-9]{4}/) == nil }
      .map { $0.replacing(/\/0+(?=[0-9])/, with: "/") }
  }

  /// The days of a text, each as 5/3/2020.
  static func days(in text: String) -> [String] {
    let short = text.matches(of: /([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})/).map {
      ($0.1, $0.2, $0.3)
    }
    let long = text.matches(of: /ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})/)
      .map { ($0.1, $0.2, $0.3) }
    let iso = text.matches(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/).map { ($0.3, $0.2, $0.1) }
    return (short + long + iso).map { day, month, year in
      [day, month, year].map { $0.drop { $0 == "0" } }.joined(separator: "/")
    }
  }

  static func day(_ text: String) -> String? { days(in: "ngày " + text).first }
}
