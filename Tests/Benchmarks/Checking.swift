import Diagnostics
import Reports

/// What checking data files costs beside reading them, as `baocao check` does it before it fills a
/// template: schemas, registers, texts, and the dictionary of hunspell-vi where it is installed.
///
/// Prints medians of a file's time in microseconds, and the ratio to reading.
struct Checking {
  private let templates: TemplateCollection
  private let dictionary = try? SyllableDictionary(path: SyllableDictionary.path)
  private let sources: [(name: String, bytes: [UInt8])]
  /// The one file with five mistakes in it; nil where a folder is measured.
  private var mistaken: DataFile?

  /// - Parameter path: a folder of data files, or one file.
  init(templates: String, path: String) throws {
    self.templates = try TemplateCollection(TemplateFolder(templates), undefined: .strict)
    let names =
      Files.isFolder(path)
      ? try Files.names(in: path).filter { $0.hasSuffix(".rec") }.map { "\(path)/\($0)" } : [path]
    sources = try names.map { ($0, try Files.read($0)) }
  }

  /// The same with the one file brought to the size of the bench report, right and with mistakes.
  init(templates: String, extending path: String) throws {
    self.templates = try TemplateCollection(TemplateFolder(templates), undefined: .strict)
    let text = BenchSize.extended(String(decoding: try Files.read(path), as: UTF8.self))
    let bytes = Array(text.utf8)
    sources = [(path, bytes)]
    let problems = try DataFile.read(name: path, bytes: bytes).check(self.templates).problems
    precondition(problems.isEmpty)
    let wrong = try DataFile.read(name: path, bytes: Array(BenchSize.withFiveMistakes(text).utf8))
    precondition(wrong.check(self.templates).problems.count >= 5)
    mistaken = wrong
  }

  func measure(rounds: Int) throws {
    let files = try sources.map { try DataFile.read(name: $0.name, bytes: $0.bytes) }
    let checked = files.map { $0.check(templates) }
    var stages: [(name: String, work: () throws -> Int)] = [
      ("read", { try read() }),
      ("check", { files.reduce(0) { $0 + check($1) } }),
      ("proofread with the dictionary", { checked.reduce(0) { $0 + proofread($1) } }),
    ]
    if let mistaken { stages.append(("check, five mistakes", { check(mistaken) })) }
    var times = [[Double]](repeating: [], count: stages.count)
    var count = 0
    for _ in 0...rounds {
      for (index, stage) in stages.enumerated() {
        let start = processorTime()
        count += try stage.work()
        times[index].append(processorTime() - start)
      }
    }
    precondition(count > 0)
    // The first round warms up.
    let medians = times.map {
      $0.dropFirst().sorted()[rounds / 2] / Double(sources.count) * 1e6
    }
    print("\(sources.count) files, \(sources.map(\.bytes.count).reduce(0, +)) bytes")
    for (stage, median) in zip(stages, medians) {
      print("\(rounded(median)) µs  \(rounded(median / medians[0])) of reading  \(stage.name)")
    }
    if mistaken != nil {
      print("five mistakes take \(rounded(medians[3] / medians[1])) of the time without them")
    }
  }

  private func read() throws -> Int {
    for source in sources { _ = try DataFile.read(name: source.name, bytes: source.bytes) }
    return sources.count
  }

  private func check(_ file: DataFile) -> Int {
    if let problems = file.problemsAsData(templates) { return problems.count }
    return file.check(templates).problems.count
  }

  private func proofread(_ file: CheckedFile) -> Int {
    dictionary == nil ? 0 : file.proofread([], with: dictionary).count
  }
}
