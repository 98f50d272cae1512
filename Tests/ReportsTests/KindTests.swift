import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing

/// A kind is one folder: the page `Kinds.md` makes one, and every kind that ships does without the
/// folders of the others.
@Suite struct KindTests {
  private static let page =
    (try? String(
      contentsOfFile: GoldenTests.root + "/Sources/Reports/Reports.docc/Kinds.md", encoding: .utf8))
    ?? ""

  /// The fences of a kind: `file PATH`, `body`, `wrong`, `problem`.
  private static func fences(_ kind: String) -> [(title: String, text: String)] {
    page.components(separatedBy: "```").enumerated().compactMap { index, part in
      let (title, text) = part.split(at: "\n")
      guard !index.isMultiple(of: 2), title.split(at: " ").0 == kind else { return nil }
      return (title, text)
    }
  }

  private static func fence(_ kind: String) throws -> String {
    try #require(fences(kind).first).text
  }

  /// A folder with what all kinds share and some of the kinds; it is removed after the use.
  private func withFolder<T>(
    of kinds: [String], _ use: (_ folder: String) throws -> T
  ) throws -> T {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.path + "/baocao-kinds-\(UUID().uuidString)"
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? manager.removeItem(atPath: folder) }
    for name in ["khung", "layouts", "so-bo"] + kinds {
      try manager.copyItem(
        atPath: GoldenTests.root + "/Templates/" + name, toPath: folder + "/" + name)
    }
    return try use(folder)
  }

  private func collection(_ folder: String) throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(folder), undefined: .strict)
  }

  private func check(_ text: String, _ templates: TemplateCollection) throws -> CheckedFile {
    try DataFile.read(name: "data.rec", bytes: Array(text.utf8)).check(templates)
  }

  /// Writes the files of the page that lie in a folder of templates.
  private func makeKind(in folder: String) throws {
    for fence in Self.fences("file") where fence.title.contains("/") {
      let path = folder + "/" + fence.title.split(at: " ").1
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
        withIntermediateDirectories: true)
      try fence.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }

  private func data() throws -> String {
    try #require(Self.fences("file").first { $0.title == "file data.rec" }).text
  }

  @Test("the page's kind, without its folder, is unknown") func unknown() throws {
    try withFolder(of: []) { folder in
      let problems = try check(data(), collection(folder)).problems
      #expect(problems.contains { $0.kind.code == "D107" }, "\(problems.map(\.kind.code))")
    }
  }

  @Test("the page's kind is made of its two files and prints what the page says") func prints()
    throws
  {
    try withFolder(of: []) { folder in
      try makeKind(in: folder)
      let templates = try collection(folder)
      #expect(try templates.allKinds().map(\.name) == ["giay-gioi-thieu"])
      let checked = try check(data(), templates)
      #expect(checked.problems.isEmpty, "\(checked.problems.map { $0.message(in: .english) })")
      let pages = try checked.render(templates, formats: Format.texts)
      #expect(pages.map(\.path).contains("giay-gioi-thieu.html"))
      let page = try #require(pages.first { $0.path == "giay-gioi-thieu.md" })
      let text = String(decoding: page.bytes, as: UTF8.self)
      #expect(text.contains("# GIẤY GIỚI THIỆU: Cử người liên hệ công tác\n\n" + (try body())))
      #expect(text.contains("Số: 15/GGT-UBND"))
    }
  }

  private func body() throws -> String { try Self.fence("body") }

  @Test("the page's kind checks what its schema declares") func checks() throws {
    try withFolder(of: []) { folder in
      try makeKind(in: folder)
      let wrong = try Self.fence("wrong")
      let name = wrong.split(at: ":").0
      let line = try #require(try data().split(separator: "\n").first { $0.hasPrefix(name + ":") })
      let text = try data().replacing("\n" + line + "\n", with: "\n" + wrong)
      let problems = try check(text, collection(folder)).problems
      let told = problems.map {
        $0.message(in: .english).split(at: "\n").0
      }
      #expect(told.joined(separator: "\n") + "\n" == (try Self.fence("problem")))
    }
  }

  @Test("the page's kind has a blank form with its own and the shared fields") func form() throws {
    try withFolder(of: []) { folder in
      try makeKind(in: folder)
      let blank = try collection(folder).blankForm(of: ["giay-gioi-thieu"], from: nil)
      let text = String(decoding: blank, as: UTF8.self)
      for part in ["# Bắt buộc: Được cử đến", "\nviec:", "\nden_ngay:", "\n%rec: nguoi\n"] {
        #expect(text.contains(part), "\(part)")
      }
    }
  }

  static let kinds: [String] =
    (try? TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict
    ).allKinds().map(\.name)) ?? []

  @Test("there are kinds") func count() { #expect(Self.kinds.count >= 16) }

  @Test("every kind has a document in data/") func everyKindShips() throws {
    var shown: Set<String> = []
    for name in GoldenTests.dataFiles {
      let text = try String(
        contentsOfFile: GoldenTests.root + "/data/" + name, encoding: .utf8)
      shown.formUnion(
        text.split(separator: "\n").filter { $0.hasPrefix("mau: ") }.map {
          String($0.dropFirst(5))
        })
    }
    #expect(Set(Self.kinds) == shown)
  }

  @Test("a kind does without the folders of the others", arguments: kinds)
  func standsAlone(_ kind: String) throws {
    let beside = try collection(GoldenTests.root + "/Templates")
    try withFolder(of: [kind]) { folder in
      let alone = try collection(folder)
      let form = try alone.blankForm(of: [kind], from: nil)
      #expect(try beside.blankForm(of: [kind], from: nil) == form)
      let filled = try filled(form, alone)
      func pages(_ templates: TemplateCollection) throws -> [[UInt8]] {
        let checked = try check(filled, templates)
        let errors = checked.problems.filter { $0.severity == .error }
          .map { $0.message(in: .english) }
        #expect(errors.isEmpty)
        return try checked.render(templates, formats: Format.texts).map(\.bytes)
      }
      let made = try pages(alone)
      #expect(try !made.isEmpty && made == pages(beside))
    }
  }

  /// A blank form with the example of each field that is demanded.
  private func filled(_ form: [UInt8], _ templates: TemplateCollection) throws -> String {
    var lines = String(decoding: form, as: UTF8.self).components(separatedBy: "\n")
    var people: UInt8 = 0
    for problem in try check(lines.joined(separator: "\n"), templates).problems {
      guard case .records(.emptyField(let field)) = problem.kind, let place = problem.place,
        let example = field.example
      else { continue }
      let line = place.source.position(at: Int(place.range.start)).line - 1
      lines[line] = "\(field.name): \(example)"
      // Two people who sign are not one: Nguyễn Văn A, Nguyễn Văn B.
      if field.name == "ho_ten" {
        lines[line] = lines[line].dropLast() + String(UnicodeScalar(UInt8(ascii: "A") + people))
        people += 1
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// What stands before the first sign, and behind it.
  fileprivate func split(at sign: Character) -> (String, String) {
    guard let index = firstIndex(of: sign) else { return (self, "") }
    return (String(self[..<index]), String(self[self.index(after: index)...]))
  }
}
