import Diagnostics
import Glibc
import Synchronization
import Texts

/// Prints pages as PDF with WeasyPrint.
///
/// A process of it loads for half a second, and then prints a page in a tenth of one. So each serves
/// one document after the other; there are as many as documents are made at once.
public final class PagePrinter: Sendable {
  /// The form of the PDFs.
  public enum Form: Sendable {
    /// PDF/UA-1, tagged for screen readers.
    case accessible
    /// PDF/A-2a, tagged and made for archives.
    case archive

    fileprivate var variant: String {
      switch self {
      case .accessible: "pdf/ua-1"
      case .archive: "pdf/a-2a"
      }
    }
  }

  /// The pictures that the pages of a data file show.
  struct Pictures: Sendable {
    let number: Int
    let files: [OutputFile]
  }

  /// A page to print.
  struct Page {
    let html: [UInt8]
    /// The name of its document in messages.
    let document: String
    /// What in the data file asks for it.
    let place: Text?
    let pictures: Pictures
    /// The names of fonts of which one has to be used.
    let fonts: [String]
  }

  private let command: EngineCommand
  private let form: Form
  /// The processes that have nothing to do now.
  private let idle = Mutex<[EngineProcess]>([])
  private let found = Mutex<[Diagnostic]>([])
  private let pictureSets = Atomic(0)
  private let usedVersion = Mutex<String?>(nil)

  private static let driver = String(decoding: PackageResources.print_driver_py, as: UTF8.self)

  /// Finds WeasyPrint and starts a process of it, which loads while the data are checked.
  ///
  /// - Parameter engine: its command; nil for that of `BAOCAO_WEASYPRINT` or `PATH`.
  public init(_ form: Form, engine: String? = nil) throws(Problems) {
    self.form = form
    command = try Problems.collecting { () throws(Diagnostic) in
      try EngineCommand.find(named: engine)
    }
    let engine = try Problems.collecting { () throws(Diagnostic) in try start() }
    idle.withLock { $0.append(engine) }
  }

  /// What has printed the pages so far, with its version: `WeasyPrint 66.0`; nil before the first.
  public var engineVersion: String? { usedVersion.withLock { $0 } }

  /// The warnings about the engine and the pages so far.
  public var warnings: [Diagnostic] { found.withLock { $0 } }

  /// Ends the processes.
  public func close() {
    let engines = idle.withLock { engines in
      defer { engines = [] }
      return engines
    }
    for engine in engines { engine.end() }
  }

  func pictures(_ files: [OutputFile]) -> Pictures {
    Pictures(number: pictureSets.add(1, ordering: .relaxed).newValue, files: files)
  }

  /// Prints a page that shows no pictures but those it holds itself.
  ///
  /// - Throws: that it could not be printed, or not without losing something of it.
  public func print(html: [UInt8]) throws(Problems) -> [UInt8] {
    try print(
      Page(html: html, document: "html", place: nil, pictures: pictures([]), fonts: []))
  }

  /// Prints the page of a document.
  func print(_ page: Page) throws(Problems) -> [UInt8] {
    let printed = try Problems.collecting { () throws(Diagnostic) in
      let free = idle.withLock { $0.popLast() }
      var engine = if let free { free } else { try start() }
      do throws(Diagnostic) {
        let printed = try self.answer(of: &engine, to: page)
        let used = engine
        idle.withLock { $0.append(used) }
        return printed
      } catch {
        engine.end()
        throw error
      }
    }
    switch printed.answer {
    case .refused(let log): throw Problems(log.map { $0.problem(with: page) })
    case .printed(let bytes, let isTagged, let fonts, let log):
      for line in log { note(line.problem(with: page)) }
      if !isTagged { note(Diagnostic(.print(.untagged(version: printed.version)), at: nil)) }
      if let problem = page.problem(withFonts: fonts) { note(problem) }
      return bytes
    }
  }

  private func note(_ warning: Diagnostic) { found.withLock { $0.append(warning) } }

  private func start() throws(Diagnostic) -> EngineProcess {
    guard let engine = EngineProcess(command.words, driver: PagePrinter.driver) else {
      let reason = SystemReason(errno)
      throw Diagnostic(.source(.cannotOpen(path: command.words[0], reason: reason)), at: nil)
    }
    return engine
  }

  private func answer(
    of engine: inout EngineProcess, to page: Page
  ) throws(Diagnostic) -> (version: String, answer: EngineProcess.Answer) {
    let seconds = PagePrinter.limit(forBytes: page.html.count)
    let deadline = EngineProcess.Deadline(seconds: seconds)
    func exchange<Result>(
      _ work: () throws(EngineProcess.Failure) -> Result
    ) throws(Diagnostic) -> Result {
      do throws(EngineProcess.Failure) {
        return try work()
      } catch {
        throw page.problem(with: error, seconds: seconds)
      }
    }
    let greeting = try exchange { () throws(EngineProcess.Failure) in
      try engine.greet(until: deadline)
    }
    let version = try version(of: greeting)
    usedVersion.withLock { $0 = "WeasyPrint \(version)" }
    let answer = try exchange { () throws(EngineProcess.Failure) in
      try engine.show(page.pictures, until: deadline)
      return try engine.print(page.html, as: form.variant, until: deadline)
    }
    return (version, answer)
  }

  private func version(of greeting: EngineProcess.Greeting) throws(Diagnostic) -> String {
    switch greeting {
    case .lacking(let reason):
      let python = command.words.joined(separator: " ")
      throw Diagnostic(.print(.brokenEngine(python: python, reason: reason)), at: nil)
    case .ready(let version, let makesTags):
      guard makesTags || form != .archive else {
        throw Diagnostic(.print(.noArchiveForm(version: version)), at: nil)
      }
      return version
    }
  }

  /// The seconds that a page may take: `BAOCAO_WEASYPRINT_GIAY`, else a minute and more for long
  /// ones, of which WeasyPrint lays out some ten kilobytes a second.
  private static func limit(forBytes count: Int) -> Int {
    let wanted = getenv("BAOCAO_WEASYPRINT_GIAY").flatMap { Int(String(cString: $0)) } ?? 0
    return wanted > 0 ? min(wanted, 1 << 20) : 60 + count / 1000
  }
}

extension PagePrinter.Page {
  fileprivate func problem(with failure: EngineProcess.Failure, seconds: Int) -> Diagnostic {
    switch failure {
    case .ended: Diagnostic(.print(.engineEnded(document: document)), at: place)
    case .tooSlow:
      Diagnostic(.print(.tooSlow(document: document, seconds: seconds)), at: place)
    }
  }

  /// A warning where none of the fonts that the page asks for was there.
  fileprivate func problem(withFonts used: [String]) -> Diagnostic? {
    func bare(_ name: String) -> String { name.filter { $0 != " " && $0 != "-" }.lowercased() }
    let wanted = fonts.map(bare)
    guard !wanted.isEmpty, !used.isEmpty,
      !used.contains(where: { name in wanted.contains { bare(name).hasPrefix($0) } })
    else { return nil }
    let problem = PrintProblem.otherFont(
      used: used.joined(separator: ", "), wanted: fonts.joined(separator: ", "))
    return Diagnostic(.print(problem), at: nil)
  }
}

extension EngineProcess.LogLine {
  fileprivate func problem(with page: PagePrinter.Page) -> Diagnostic {
    let document = page.document
    let problem: PrintProblem =
      switch kind {
      case "anh": .pictureNotPrinted(document: document, path: text)
      case "chu": .letterWithoutFont(document: document, letter: text)
      case "tran": .tooWide(document: document, start: text)
      case "luu-y": .remark(document: document, text: text)
      default: .loss(document: document, reason: text)
      }
    return Diagnostic(.print(problem), at: page.place)
  }
}
