import ArgumentParser
import Diagnostics
import Reports
import Templating

struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lập mọi văn bản của các tệp dữ liệu.",
    discussion: "Kết quả nằm trong out/<tên tệp dữ liệu>/<mẫu>.md và .html.")

  @OptionGroup var arguments: DataArguments

  @Option(name: .customLong("mau"), help: "Chỉ lập văn bản theo mẫu này.")
  var kind: String?

  @Option(
    name: .customLong("to"), help: "Các dạng cần có: markdown, html, text, cách nhau dấu phẩy.",
    transform: Format.list)
  var formats: [Format] = [.markdown, .html]

  @Option(name: .shortAndLong, help: "Thư mục kết quả.")
  var output = "out"

  @Flag(name: .customLong("nhap"), help: "Bản nháp: chỗ thiếu được đánh dấu ⟦thiếu: …⟧.")
  var isDraft = false

  @Option(name: .long, help: "Số việc làm cùng lúc.")
  var jobs = 1

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    do throws(Problems) {
      let files = try arguments.files()
      try checkNames(files)
      let collection = try templates.collection(undefined: isDraft ? .draft : .strict)
      let results = inParallel(files.count, jobs: jobs) {
        { index in outcome(of: files[index], collection) }
      }
      try finish(withoutOtherKinds(results))
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.badInput
    }
  }

  /// What became of one data file.
  private struct Outcome: Sendable {
    var paths: [String] = []
    var problems: [Diagnostic] = []
    /// Where documents of an earlier run still lie although this run made none.
    var staleFolder: String?
  }

  /// Where several files were given, those without a document of the wanted kind are passed over.
  private func withoutOtherKinds(_ results: [Outcome]) -> [Outcome] {
    guard kind != nil, results.contains(where: { !$0.paths.isEmpty }) else { return results }
    return results.filter { outcome in
      !outcome.problems.contains { problem in
        if case .report(.noSuchDocument) = problem.kind { true } else { false }
      }
    }
  }

  private func finish(_ results: [Outcome]) throws(Problems) {
    for path in results.flatMap(\.paths) { print(path) }
    let problems = results.flatMap(\.problems)
    if problems.contains(where: { $0.severity == .error }) {
      let stale = results.compactMap(\.staleFolder)
      Messages.show(problems)
      stale.forEach(Messages.tellOfOldDocuments)
      throw Problems([])
    }
    Messages.show(problems)
  }

  /// Two data files of one name would write over each other's documents.
  private func checkNames(_ files: [String]) throws(Problems) {
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    for file in files where !seen.insert(folder(of: file)).inserted {
      problems.append(Diagnostic(.report(.sameOutput(folder(of: file))), at: nil))
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }

  private func folder(of file: String) -> String {
    let name = Files.name(of: file)
    return "\(output)/\(name.hasSuffix(".rec") ? String(name.dropLast(4)) : name)"
  }

  private func outcome(of file: String, _ collection: TemplateCollection) -> Outcome {
    var outcome = makeDocuments(of: file, collection)
    let folder = folder(of: file)
    if outcome.paths.isEmpty, Files.isFolder(folder) { outcome.staleFolder = folder }
    return outcome
  }

  /// Makes all documents of a data file, and only then writes them: all or none.
  private func makeDocuments(of file: String, _ collection: TemplateCollection) -> Outcome {
    var outcome = Outcome()
    do throws(Problems) {
      let checked = try DataFile.read(path: file).check(collection, ofKind: kind)
      outcome.problems = isDraft ? checked.problemsOfDraft : checked.problems
      guard !outcome.problems.contains(where: { $0.severity == .error }) else { return outcome }
      let documents = try checked.render(collection, formats: formats)
      outcome.paths = try Files.write(documents, in: folder(of: file))
    } catch {
      outcome.problems += error.diagnostics
    }
    return outcome
  }
}

/// A form that documents are made in.
extension Format: ExpressibleByArgument {
  static func list(_ text: String) throws -> [Format] {
    try text.split(separator: ",").map { name in
      guard let format = Format(rawValue: String(name)) else {
        throw ValidationError("\(name)? (markdown, html, text)")
      }
      return format
    }
  }
}
