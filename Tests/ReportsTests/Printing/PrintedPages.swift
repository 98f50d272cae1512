import CaseFiles
import Foundation
import Reports
import Testing

/// The programs that these tests need; a test that lacks one is skipped.
enum Printing {
  static let python = Tool("python3")
  static let weasyprint = Tool("weasyprint")
  static let poppler = Tool("pdftotext")

  /// Tells whether WeasyPrint and what reads PDFs back are here.
  static let isHere: Bool = {
    guard weasyprint.isHere, poppler.isHere else { return false }
    let modules = try? python.run(["-c", "import weasyprint.pdf.tags, pdfplumber"])
    return modules?.status == 0
  }()
  static let absence: Comment = "WeasyPrint 70, pdfplumber or pdftotext is not installed"

  static let templates: Result<TemplateCollection, any Error> = Result {
    try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }

  /// Prints with the WeasyPrint that the tests choose.
  static func printer(_ form: PagePrinter.Form = .accessible) throws -> PagePrinter {
    try PagePrinter(form, engine: weasyprint.location)
  }

  /// A printer that the tests share; it ends with them.
  static let shared: Result<PagePrinter, any Error> = Result { try printer() }

  /// The documents of a data file as PDF, by their names.
  ///
  /// - Parameter folder: where its pictures lie.
  static func pdfs(
    of data: String, in folder: String = "/tmp", with printer: PagePrinter, isTwoSided: Bool = false
  ) throws -> [String: Data] {
    let templates = try templates.get()
    let file = try DataFile.read(name: folder + "/thu.rec", bytes: Array(data.utf8))
    let checked = file.check(templates)
    let errors = checked.problems.filter { $0.severity == .error }
    try #require(errors.isEmpty, "\(errors.map { $0.message(in: .english) })")
    let files = try checked.render(
      templates, formats: [.pdf], memory: DocumentMemory(),
      on: Paper(printer: printer, isTwoSided: isTwoSided), tracing: nil)
    return Dictionary(uniqueKeysWithValues: files.map { ($0.path, Data($0.bytes)) })
  }
}

/// A PDF, read back: lengths are in points from the top left corner of a page.
struct PrintedPDF {
  struct Page {
    let width: Double
    let height: Double
    var runs: [Run] = []
    var rules: [Box] = []

    /// The run that begins with a text.
    func run(_ start: String) throws -> Run {
      try #require(
        runs.first { $0.text.hasPrefix(start) }, "no «\(start)» in \(runs.map(\.text))")
    }
  }

  struct Box {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
    var middle: Double { (left + right) / 2 }
  }

  /// Letters of one font and size in one line.
  struct Run {
    let box: Box
    let size: Double
    let font: String
    let text: String

    var isBold: Bool { font.contains("Bold") }
    var isItalic: Bool { font.contains("Italic") }
  }

  var pages: [Page] = []
  private(set) var language = ""
  private(set) var isTagged = false
  /// `ua` or `a`, as the file says of itself.
  private(set) var form = ""
  private(set) var title = ""

  /// Reads files in one go.
  static func read(_ pdfs: [Data]) throws -> [PrintedPDF] {
    let folder = NSTemporaryDirectory() + "baocao-pdf-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let paths = pdfs.indices.map { "\(folder)/\($0).pdf" }
    for (path, pdf) in zip(paths, pdfs) { try pdf.write(to: URL(fileURLWithPath: path)) }
    let script = folderOfThisFile + "/read-back.py"
    let result = try Printing.python.run([script] + paths)
    try #require(result.status == 0, "\(result.output)")
    return parse(result.output)
  }

  private static let folderOfThisFile = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().path

  private static func parse(_ output: String) -> [PrintedPDF] {
    var pdfs: [PrintedPDF] = []
    for line in output.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let numbers = fields.dropFirst(2).prefix(5).map { Double($0) ?? .nan }
      if fields[0] == "file" {
        pdfs.append(PrintedPDF())
        continue
      }
      var pdf = pdfs.removeLast()
      switch fields[0] {
      case "info":
        (pdf.language, pdf.isTagged) = (fields[1], fields[2] == "True")
        (pdf.form, pdf.title) = (fields[3], fields[4])
      case "page": pdf.pages.append(Page(width: numbers[0], height: numbers[1]))
      case "text":
        let run = Run(
          box: box(numbers), size: numbers[4], font: fields[7], text: fields[8])
        pdf.pages[pdf.pages.count - 1].runs.append(run)
      case "rule": pdf.pages[pdf.pages.count - 1].rules.append(box(numbers))
      default: break
      }
      pdfs.append(pdf)
    }
    return pdfs
  }

  private static func box(_ numbers: [Double]) -> Box {
    Box(left: numbers[0], right: numbers[1], top: numbers[2], bottom: numbers[3])
  }
}

/// Millimetres in points.
func millimetres(_ length: Double) -> Double { length * 72 / 25.4 }

/// Tells whether two lengths are the same to half a millimetre.
func isNear(_ one: Double, _ two: Double, _ tolerance: Double = millimetres(0.5)) -> Bool {
  abs(one - two) <= tolerance
}

extension Printing {
  /// Prints the page of a data file's only document with another text in the place of one.
  @discardableResult
  static func print(
    _ data: String, replacing old: String, with new: String, _ printer: PagePrinter
  ) throws -> [UInt8] {
    let templates = try templates.get()
    let checked = try DataFile.read(name: "/tmp/thu.rec", bytes: Array(data.utf8)).check(templates)
    let html = try #require(try checked.render(templates, formats: [.html]).first)
    let page = String(decoding: html.bytes, as: UTF8.self)
    try #require(page.contains(old))
    return try printer.print(html: Array(page.replacing(old, with: new, maxReplacements: 1).utf8))
  }
}
