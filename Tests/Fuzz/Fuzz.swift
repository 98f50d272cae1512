import Diagnostics
import Texts
import Glibc
import Markdown
import Records
import Reports
import Templating

/// What a fuzzer feeds: any bytes, which must neither crash the program nor keep it busy.
enum Entry: String, CaseIterable {
  /// The lexer and the parser of templates.
  case parse
  /// Filling: the data as rec, a line `---`, the template.
  case render
  /// Reading, checking and writing rec.
  case records
  /// Markdown with tables to HTML and text; and a value, after a line `---`, escaped into it.
  case markdown
  /// A data file against the shipped schemas and registers, and its documents.
  case checks
  /// A data file in its canonical form, and the blank form that follows from it.
  case forms
  /// A sheet into a data file and out again.
  case sheets
  /// The figures of two units added up.
  case totals
  /// A workbook into records, and those out again as a workbook.
  case workbooks
  /// A document of Word into a data file.
  case word
  /// Old encodings: the first byte chooses one, the others are its text.
  case convert
  /// An old post into a data file, as a text, a saved page and a message of parts.
  case posts

  func run(_ bytes: [UInt8]) {
    if self == .workbooks { return Entry.workbook(bytes) }
    if self == .word { return Entry.word(bytes) }
    if self == .convert { return Entry.convert(bytes) }
    if self == .posts { return Entry.post(bytes) }
    guard let source = try? Source.reading(name: "fuzz.md.jinja", bytes: bytes).source else {
      return
    }
    switch self {
    case .parse: Entry.parse(source)
    case .render: Entry.render(source.bytes)
    case .records: Entry.read(source)
    case .markdown: Entry.write(source.bytes)
    case .checks: Entry.check(bytes)
    case .forms: Entry.form(bytes)
    case .sheets: Entry.sheet(bytes)
    case .totals: Entry.total(bytes)
    case .workbooks, .word, .convert, .posts: break
    }
  }

  private static func parse(_ source: Source) {
    let library = TemplateLibrary(environment: .documents(undefined: .strict)) { _ in nil }
    _ = messages { () throws(Problems) in _ = try library.compile(source) }
  }

  private static let emptyTemplate = "Tests/Fuzz/empty.md.jinja"

  private static func render(_ bytes: [UInt8]) {
    let (data, template) = parts(of: bytes)
    var environment = Environment.documents(undefined: .lenient)
    environment.limits.steps = 20_000
    environment.limits.outputSize = 1 << 18
    let text = Source(name: "fuzz.md.jinja", bytes: Array(template))
    let library = TemplateLibrary(environment: environment) { name in
      name == "a.md.jinja" ? text : nil
    }
    _ = messages { () throws(Problems) in
      let reader = try Filling(template: emptyTemplate, root: nil, environment, to: nil)
      let variables = try reader.read(name: "fuzz.rec", bytes: Array(data))
      let (compiled, memory) = (try library.compile(text), RenderMemory())
      let filled = try compiled.render(variables, library: library, memory: memory)
      // The second time the form of the data is known, and what each statement did.
      let known = try reader.read(name: "fuzz.rec", bytes: Array(data))
      let again = try compiled.render(known, library: library, memory: memory)
      precondition(again == filled, "what was learned changes the text")
      var html: [UInt8] = []
      Document(parsing: filled.span).appendHTML(to: &html)
    }
  }

  private static func read(_ source: Source) {
    guard
      let filling = try? Filling(
        template: emptyTemplate, root: nil, .documents(undefined: .lenient), to: nil)
    else { preconditionFailure("run in the folder of the package") }
    // The second time the names are those that are expected.
    for _ in 0..<2 {
      _ = messages { () throws(Problems) in
        _ = try filling.read(name: "fuzz.rec", bytes: source.bytes)
      }
    }
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    problems += database.check(with: [])
    _ = problems.map { $0.message(in: .vietnamese) }
    guard problems.isEmpty else { return }
    let written = Source(name: "written.rec", bytes: database.written())
    let again = Database.read(written, into: &problems)
    precondition(problems.isEmpty, "what the writer wrote does not read")
    precondition(again.written() == written.bytes, "writing twice gives other bytes")
  }

  private static func write(_ bytes: [UInt8]) {
    let (markdown, value) = parts(of: bytes)
    var output = ByteBuffer(markdown)
    var escaper = MarkdownEscaper()
    do throws(Diagnostic) {
      try escaper.append(value.span, to: &output)
      output += "\n".utf8
      try escaper.finish(&output)
    } catch {
      _ = error.message(in: .english)
    }
    var html: [UInt8] = []
    let document = Document(parsing: output.span)
    document.appendHTML(to: &html)
    document.appendPlainText(to: &html)
    _ = try? closedMarkdown(value)
  }

  /// What stands before and after the first line `---`.
  static func parts(
    of bytes: [UInt8]
  ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
    guard let line = bytes.firstRange(of: "\n---\n".utf8) else { return (bytes[..<0], bytes[...]) }
    return (bytes[..<line.lowerBound], bytes[line.upperBound...])
  }

  /// Prints what went wrong, as a user would see it.
  static func messages(_ work: () throws(Problems) -> Void) -> [String] {
    do throws(Problems) {
      try work()
      return []
    } catch {
      return error.diagnostics.map { $0.message(in: .vietnamese) }
    }
  }
}

#if FUZZING
  /// libFuzzer's own loop, in its runtime.
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  private let entry =
    getenv("BAOCAO_FUZZ").flatMap { Entry(rawValue: String(cString: $0)) } ?? .parse

  @main
  struct Fuzz {
    static func main() {
      var count = CommandLine.argc
      var arguments = CommandLine.unsafeArgv
      let status = runFuzzer(&count, &arguments) { start, count in
        entry.run(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
      }
      exit(status)
    }
  }
#else
  /// Runs one entry over files: `Fuzz ENTRY FILE…`.
  @main
  struct Fuzz {
    static func main() throws {
      let arguments = CommandLine.arguments.dropFirst()
      guard let entry = arguments.first.flatMap({ Entry(rawValue: $0) }) else {
        print("usage: Fuzz \(Entry.allCases.map(\.rawValue).joined(separator: "|")) FILE…")
        exit(2)
      }
      for path in arguments.dropFirst() { entry.run(try Files.read(path)) }
    }
  }
#endif
