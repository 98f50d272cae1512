import CaseFiles
import Diagnostics
import Foundation
import Testing
import Texts

@testable import OfficeFiles
@testable import Reports

private let root = packageRoot(ofTest: #filePath)

/// A file of Word that was made, and the Markdown of the same document.
struct MadeWord {
  let name: String
  let bytes: [UInt8]
  let markdown: String

  /// A part of the file, by its path in it.
  func part(_ path: String) throws -> String {
    var zip = try ZipReader(bytes.span, file: name, limits: .officeFiles)
    return String(decoding: try zip.read(path), as: UTF8.self)
  }

  /// Every document of a data file.
  static func all(of file: DataFile, isDraft: Bool = false) throws -> [MadeWord] {
    let templates = try TemplateCollection(
      TemplateFolder(root + "/Templates"), undefined: isDraft ? .draft : .strict)
    let made = try file.check(templates).render(templates, formats: [.docx, .markdown])
    var warnings: [Diagnostic] = []
    let packed = try made.packed(into: &warnings)
    #expect(warnings.isEmpty)
    return packed.filter { $0.path.hasSuffix(".docx") }.map { word in
      let markdown = packed.first { $0.path == word.path.dropLast(5) + ".md" }
      return MadeWord(
        name: word.path, bytes: word.bytes,
        markdown: String(decoding: markdown?.bytes ?? [], as: UTF8.self))
    }
  }

  static func all(of name: String) throws -> [MadeWord] {
    try all(of: try DataFile.read(path: "\(root)/data/\(name)"))
  }

  /// Every document that ships.
  static func gallery() throws -> [MadeWord] {
    let names = try FileManager.default.contentsOfDirectory(atPath: root + "/data").sorted()
    return try names.filter { $0.hasSuffix(".rec") }.flatMap { name in
      try all(of: name).map {
        MadeWord(
          name: "\(name.dropLast(4))-\($0.name)", bytes: $0.bytes, markdown: $0.markdown)
      }
    }
  }
}

/// What the files of Word have in them.
@Suite struct WordDocumentTests {
  /// The element of a style that is sought.
  private func style(_ id: String, in styles: String) throws -> String {
    let all = styles.components(separatedBy: "<w:style ")
    return try #require(all.first { $0.contains("w:styleId=\"\(id)\"") }, "\(id)")
  }

  @Test("styles have their names, stand on those of Word and have the profile's sizes")
  func styles() throws {
    let words = try MadeWord.all(of: "ubnd-phuong-vi-du-2026-quyet-dinh.rec")
    let styles = try #require(words.first).part("word/styles.xml")
    for (id, name, base) in [
      ("TenLoai", "Tên loại", "Heading1"), ("MucI", "Mục I", "Heading2"),
      ("Khoan", "Khoản", "Heading3"), ("DeGiua", "Đề mục giữa trang", "Heading4"),
      ("NoiDung", "Nội dung", "Normal"), ("GachDau", "Gạch đầu dòng", "ListBullet"),
      ("TenBang", "Tên bảng", "Caption"), ("NoiNhan", "Nơi nhận", "PhanKy"),
    ] {
      let style = try style(id, in: styles)
      #expect(style.contains("<w:name w:val=\"\(name)\"/><w:basedOn w:val=\"\(base)\"/>"))
    }
    #expect(try style("TieuNgu", in: styles).contains("<w:sz w:val=\"26\"/>"))
    #expect(try style("NoiNhan", in: styles).contains("<w:sz w:val=\"22\"/>"))
    #expect(styles.contains("w:ascii=\"Times New Roman\"") && styles.contains("\"vi-VN\""))
  }

  /// After a change that is meant, `BAOCAO_RECORD=1` writes them anew.
  @Test(
    "the text of two documents is as it was",
    arguments: [
      ("ubnd-phuong-vi-du-2026-quyet-dinh", "quyet-dinh"),
      ("dang-uy-phuong-vi-du-2026-van-ban", "cong-van"),
    ]
  )
  func golden(_ data: String, _ document: String) throws {
    let word = try #require(
      try MadeWord.all(of: data + ".rec").first { $0.name == document + ".docx" })
    let text = try word.part("word/document.xml")
    let path = folder("Word", besideFile: #filePath) + "/\(data)-\(document).xml"
    if CaseFile.isRecording { try text.write(toFile: path, atomically: true, encoding: .utf8) }
    #expect(try text == String(contentsOfFile: path, encoding: .utf8), "differs from \(path)")
  }

  @Test("backs of sheets have the margins turned where both sides are printed") func twoSided()
    throws
  {
    let templates = try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
    let file = try DataFile.read(path: root + "/data/dang-uy-phuong-vi-du-2026-6-thang.rec")
      .check(templates)
    for isTwoSided in [true, false] {
      let flat = try file.render(
        templates, formats: [.docx], memory: DocumentMemory(), on: Paper(isTwoSided: isTwoSided),
        tracing: nil)
      let text = String(decoding: flat[0].bytes, as: UTF8.self)
      #expect(text.contains("<w:mirrorMargins/>") == isTwoSided)
    }
  }

  @Test("every style that a document names is there, and every list") func everyStyle() throws {
    for word in try MadeWord.gallery() {
      let (document, styles) = (
        try word.part("word/document.xml"), try word.part("word/styles.xml")
      )
      let named = Set(document.matches(of: /(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"/).map(\.1))
      for id in named { #expect(styles.contains("w:styleId=\"\(id)\""), "\(word.name): \(id)") }
      let numbering = try word.part("word/numbering.xml")
      for list in Set(document.matches(of: /numId w:val="([0-9]+)"/).map(\.1)) {
        #expect(numbering.contains("<w:num w:numId=\"\(list)\">"), "\(word.name): \(list)")
      }
    }
  }

  @Test("the page, its margins and its number; the annex is a part of its own")
  func sections() throws {
    let word = try #require(try MadeWord.all(of: "ubnd-phuong-vi-du-2026-quyet-dinh.rec").first)
    let document = try word.part("word/document.xml")
    let sections = document.components(separatedBy: "<w:sectPr>").dropFirst()
    #expect(sections.count == 2)
    for section in sections {
      #expect(section.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"))
      #expect(section.contains("w:top=\"1133\" w:right=\"850\" w:bottom=\"1133\" w:left=\"1700\""))
      #expect(section.contains("<w:titlePg/>"))
    }
    #expect(!sections[sections.startIndex].contains("pgNumType"))
    #expect(sections[sections.startIndex + 1].contains("<w:pgNumType w:start=\"1\"/>"))
    #expect(try word.part("word/header1.xml").contains(" PAGE "))
    #expect(try !word.part("word/header2.xml").contains("PAGE"))
  }

  @Test("tables of many columns stand on turned pages") func turned() throws {
    let word = try #require(try MadeWord.all(of: "quan-minh-hoa-2024-6-thang.rec").first)
    let document = try word.part("word/document.xml")
    let turns = document.matches(of: /<w:pgSz [^>]*>/).map { $0.0.contains("landscape") }
    #expect(turns == [false, true, false])
  }

  @Test("every paragraph of head and signature stays with the next") func kept() throws {
    let word = try #require(try MadeWord.all(of: "ubnd-phuong-vi-du-2026-quyet-dinh.rec").first)
    let (document, styles) = (try word.part("word/document.xml"), try word.part("word/styles.xml"))
    let tables = document.matches(
      of: /<w:tblStyle w:val="KhongKe"\/>.*?<\/w:tbl>/.dotMatchesNewlines())
    #expect(tables.count == 2)
    for id in Set(
      tables.flatMap { $0.0.matches(of: /pStyle w:val="([^"]+)"/).map { String($0.1) } })
    {
      var chain = try style(id, in: styles)
      while !chain.contains("<w:keepNext/>") {
        let base = try #require(chain.firstMatch(of: /basedOn w:val="([^"]+)"/), "\(id)")
        chain = try style(String(base.1), in: styles)
      }
    }
  }

  @Test("title, subject, author and day come from the data") func properties() throws {
    let word = try #require(try MadeWord.all(of: "ubnd-phuong-vi-du-2026-quyet-dinh.rec").first)
    let core = try word.part("docProps/core.xml")
    #expect(core.contains("<dc:title>Quyết định: Về việc thành lập Tổ công tác"))
    #expect(core.contains("<dc:creator>ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ</dc:creator>"))
    #expect(core.contains("2026-10-06T00:00:00Z</dcterms:created>"))
    #expect(core.contains("<dc:language>vi-VN</dc:language>"))
  }

  @Test("pictures and charts lie in the file, with their words") func pictures() throws {
    let words = try MadeWord.all(of: "ubnd-phuong-vi-du-2024-6-thang.rec")
    for (name, described) in [("tin-bai.docx", "hội trường"), ("so-ket.docx", "Tỷ lệ giải quyết")] {
      let word = try #require(words.first { $0.name == name })
      let document = try word.part("word/document.xml")
      #expect(document.contains("asvg:svgBlip"))
      #expect(document.firstMatch(of: /descr="([^"]*)"/)?.1.contains(described) ?? false)
      let relations = try word.part("word/_rels/document.xml.rels")
      let types = try word.part("[Content_Types].xml")
      for target in relations.matches(of: /media\/([a-z0-9.-]+)/).map({ String($0.1) }) {
        #expect(types.contains("/word/media/\(target)\""))
        #expect(try !word.part("word/media/\(target)").isEmpty)
      }
    }
  }

  @Test("the same data give the same bytes") func sameBytes() throws {
    let first = try MadeWord.all(of: "ubnd-phuong-vi-du-2024-6-thang.rec")
    let second = try MadeWord.all(of: "ubnd-phuong-vi-du-2024-6-thang.rec")
    #expect(first.map(\.bytes) == second.map(\.bytes))
  }

  @Test("a draft says so, and marks what is missing") func draft() throws {
    let rec = try String(
      contentsOfFile: root + "/data/ubnd-phuong-vi-du-2026-quyet-dinh.rec", encoding: .utf8)
    let cut = rec.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("dia_danh:") }.joined(separator: "\n")
    let file = try DataFile.read(name: "data/a.rec", bytes: Array(cut.utf8))
    let word = try #require(try MadeWord.all(of: file, isDraft: true).first)
    let document = try word.part("word/document.xml")
    #expect(document.contains("<w:pStyle w:val=\"DuThao\"/>") && document.contains("⟦thiếu:"))
    #expect(try word.part("docProps/core.xml").contains("<dc:title>DỰ THẢO - "))
  }

  @Test("text of the data is never markup, in no part of the file") func hostile() throws {
    let rec = try String(
      contentsOfFile: root + "/data/ubnd-phuong-vi-du-2026-quyet-dinh.rec", encoding: .utf8)
    let attack = "</w:t></pkg:xmlData></pkg:part><pkg:part pkg:name=\"x\"> ]]> {{ mau }} & \u{1}"
    let word = rec.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      ["trich_yeu:", "luu:", "co_quan_ban_hanh:", "nguoi_ky:", "dia_danh:"]
        .contains { line.hasPrefix($0) } ? line + " " + attack : String(line)
    }.joined(separator: "\n")
    let file = try DataFile.read(name: "data/a.rec", bytes: Array(word.utf8))
    let templates = try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
    // The check may refuse some of it; what is made of it must hold all the same.
    let flat = try #require(
      try file.check(templates).render(templates, formats: [.docx]).first
    ).bytes
    let made = MadeWord(
      name: "a.docx", bytes: try #require(WordPackage(flat: flat).packed), markdown: "")
    for part in ["word/document.xml", "docProps/core.xml"] {
      let text = try made.part(part)
      #expect(text.contains("&lt;/w:t&gt;&lt;/pkg:xmlData&gt;"), "\(part)")
      #expect(text.contains("]]&gt; {{ mau }} &amp;"), "\(part)")
      #expect(!text.utf8.contains(1))
    }
    #expect(throws: Diagnostic.self) { try made.part("x") }
  }

  @Test("a part in another form is passed over, a file without parts is an empty container")
  func otherForms() throws {
    for flat in [
      "", "<pkg:part ", "<pkg:part pkg:name=\"/a\">x</pkg:part>",
      "<pkg:part pkg:name=\"/a\" pkg:contentType=\"b\"><pkg:xmlData>",
    ] {
      #expect(WordPackage(flat: Array(flat.utf8)).packed != nil)
    }
    let own = "<pkg:part pkg:name=\"/word/theme/theme1.xml\" pkg:contentType=\"t\">"
    let bytes = try wordFile(
      Array("\(own)<pkg:xmlData> <a/> </pkg:xmlData></pkg:part>".utf8).span, named: "a")
    let made = MadeWord(name: "a", bytes: bytes, markdown: "")
    #expect(try made.part("word/theme/theme1.xml").hasSuffix("?>\n<a/>"))
    #expect(try made.part("[Content_Types].xml").components(separatedBy: "theme1").count == 2)
  }
}

/// Other programs read what is written: the same words, styles, heads and pages.
@Suite struct WordOracleTests {
  private static let python = Tool("python3")
  private static func has(_ module: String) -> Bool {
    (try? python.run(["-c", "import \(module)"]))?.status == 0
  }

  private static let hasAudit = has("openxml_audit")
  private static let hasDocx = has("docx, markdown_it")
  private static let hasPlumber = has("pdfplumber")
  private static let office = ["soffice", "libreoffice"].map { Tool($0) }.first(where: \.isHere)

  private static func withFiles(
    _ files: [MadeWord], _ body: (_ folder: String) throws -> Void
  ) throws {
    let folder = NSTemporaryDirectory() + "baocao-docx-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for file in files {
      try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"))
      try Data(file.markdown.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file.name).md"))
    }
    try body(folder)
  }

  private static func script(_ name: String) -> String {
    folder("Word", besideFile: #filePath) + "/" + name
  }

  @Test(
    "openxml-audit finds no error", .enabled(if: hasAudit, "openxml-audit is not installed"))
  func audit() throws {
    let files = try MadeWord.gallery()
    #expect(files.count > 50)
    try Self.withFiles(files) { folder in
      let result = try Self.python.run([Self.script("audit.py"), folder])
      #expect(result.status == 0, "\(result.output.suffix(4000))")
    }
  }

  @Test(
    "python-docx reads the words of the Markdown, styles and repeated heads",
    .enabled(if: hasDocx, "python-docx is not installed"))
  func words() throws {
    try Self.withFiles(try MadeWord.gallery()) { folder in
      let result = try Self.python.run([Self.script("words.py"), folder])
      #expect(result.status == 0, "\(result.output.suffix(4000))")
    }
  }

  @Test(
    "LibreOffice's pages keep the profile's measures",
    .enabled(
      if: office != nil && hasPlumber, "LibreOffice or pdfplumber is not installed"))
  func pages() throws {
    let office = try #require(Self.office)
    let files =
      try ["ubnd-phuong-vi-du-2026-quyet-dinh", "quan-minh-hoa-2024-6-thang"].flatMap { name in
        try MadeWord.all(of: name + ".rec").map {
          MadeWord(name: "\(name)-\($0.name)", bytes: $0.bytes, markdown: $0.markdown)
        }
      }
      + MadeWord.all(of: "dang-uy-phuong-vi-du-2026-6-thang.rec").map {
        MadeWord(name: "dang-\($0.name)", bytes: $0.bytes, markdown: $0.markdown)
      }
    try Self.withFiles(files) { folder in
      let converted = try office.run(
        [
          "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to", "pdf",
          "--outdir", folder,
        ] + files.map { "\(folder)/\($0.name)" })
      #expect(converted.status == 0, "\(converted.output)")
      let result = try Self.python.run([
        Self.script("pages.py"), folder, root + "/Templates/layouts/the-thuc.rec",
      ])
      #expect(result.status == 0, "\(result.output.suffix(4000))")
    }
  }
}
