import Diagnostics
import Glibc
import Reports
import Texts

extension Entry {
  /// The shipped templates, schemas and registers: the fuzzer runs in the root of the package.
  static let templates = try? TemplateCollection(
    TemplateFolder("Templates"), undefined: .strict)

  private static let dictionary = try? SyllableDictionary(path: SyllableDictionary.path)

  /// Checks a data file as `check` does, twice: the second time schemas and registers are known.
  static func check(_ bytes: [UInt8]) {
    guard let templates else { return }
    let first = problems(bytes, templates)
    precondition(problems(bytes, templates) == first, "checking twice finds something else")
  }

  private static func problems(_ bytes: [UInt8], _ templates: TemplateCollection) -> [String] {
    messages { () throws(Problems) in
      let file = try DataFile.read(name: "fuzz.rec", bytes: bytes)
      if let problems = file.problemsAsData(templates) { throw Problems(problems) }
      let checked = file.check(templates)
      let documents =
        checked.hasErrors ? [] : try checked.render(templates, formats: Format.texts)
      throw Problems(checked.problems + checked.proofread(documents, with: dictionary))
    }
  }

  /// Rewrites a data file as `format` does, and makes the next period's form from it as `new` does.
  static func form(_ bytes: [UInt8]) {
    guard let templates else { return }
    _ = messages { () throws(Problems) in
      var formatting = Formatting(templates)
      let formatted = try formatting.format(name: "fuzz.rec", bytes: bytes)
      let again = try formatting.format(name: "fuzz.rec", bytes: formatted.bytes)
      precondition(again.bytes == formatted.bytes, "formatting twice gives other bytes")
    }
    _ = messages { () throws(Problems) in
      let old = try DataFile.read(name: "fuzz.rec", bytes: bytes).whole()
      let form = try templates.blankForm(of: [], from: old)
      _ = try DataFile.read(name: "form.rec", bytes: form).whole()
    }
  }

  /// Imports a sheet into a data file, and exports it again. The data file stands before a line
  /// `---`; then the type of the records, a line, and the sheet.
  static func sheet(_ bytes: [UInt8]) {
    let (data, rest) = parts(of: bytes)
    let typeName = String(decoding: rest.prefix { $0 != 0x0A }, as: UTF8.self)
    let sheet = Array(rest.drop { $0 != 0x0A }.dropFirst())
    guard let templates else { return }
    _ = messages { () throws(Problems) in
      let file = try DataFile.read(name: "fuzz.rec", bytes: Array(data)).whole()
      _ = try file.sheet(ofType: typeName, templates, separator: .comma)
      let filled = try imported(sheet, typeName, into: file, templates)
      let exported = try filled.sheet(ofType: typeName, templates, separator: .semicolon)
      let again = try imported(exported, typeName, into: filled, templates)
      let same = try again.sheet(ofType: typeName, templates, separator: .semicolon)
      precondition(same == exported, "what was exported imports as something else")
    }
  }

  private static func imported(
    _ sheet: [UInt8], _ typeName: String, into file: DataFile, _ templates: TemplateCollection
  ) throws(Problems) -> DataFile {
    let bytes = try ImportedSheet(
      sheet: "fuzz.csv", sheet, ofType: typeName, into: file, templates, separator: nil,
      clearing: []
    ).bytes
    return try DataFile.read(name: "fuzz.rec", bytes: bytes).whole()
  }

  /// Adds up two units as `collect` does. The plan stands before a line `---`, then the first unit,
  /// another such line, and the second, which is also the total of last year.
  static func total(_ bytes: [UInt8]) {
    let (plan, units) = parts(of: bytes)
    let (first, second) = parts(of: Array(units))
    guard let templates else { return }
    _ = messages { () throws(Problems) in
      let paths = try Problems.collecting { () throws(Diagnostic) in
        [try temporaryFile("a", Array(first)), try temporaryFile("b", Array(second))]
      }
      let total = try CollectedTotal(
        try DataFile.read(name: "Templates/fuzz.rec", bytes: Array(plan)), units: paths,
        lastYear: try DataFile.read(name: "last.rec", bytes: Array(second)), leavesOut: true,
        templates)
      _ = try DataFile.read(name: "total.rec", bytes: total.bytes).whole()
    }
  }

  private static func temporaryFile(
    _ name: String, _ bytes: [UInt8]
  ) throws(Diagnostic) -> String {
    let path = "/dev/shm/baocao-fuzz-\(getpid())-\(name).rec"
    try Files.write(bytes.span, to: path)
    return path
  }
}
