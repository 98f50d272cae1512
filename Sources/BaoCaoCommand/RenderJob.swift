import Diagnostics
import OfficeFiles
import Reports
import Templating

/// The work of `baocao render`.
struct RenderJob: Job, Equatable {
  /// Files and folders.
  let data: [String]
  /// Only documents of this kind.
  let kind: String?
  let formats: [Format]
  let output: String
  let isDraft: Bool
  /// PDFs are made for archives.
  let isArchived: Bool
  /// Sheets are printed on both sides.
  let isTwoSided: Bool
  let jobs: Int
  let templates: String?

  static let usualOutput = "out"

  func run() throws {
    if output.isEmpty { throw Messages.refuseEmptyOutput() }
    try PaperOptions.check(isArchived: isArchived, for: formats)
    var problems: [Diagnostic] = []
    let files = try DataArguments.files(of: data, into: &problems)
    try checkNames(files)
    // It loads while the templates are read and the data are checked.
    let printer =
      formats.contains(.pdf) ? try PagePrinter(isArchived ? .archive : .accessible) : nil
    defer { printer?.close() }
    let paper = Paper(printer: printer, isTwoSided: isTwoSided)
    let collection = try TemplateSearch.collection(
      templates, undefined: isDraft ? .draft : .strict)
    let results = inParallel(files.count, jobs: jobs) {
      let memory = DocumentMemory()
      return { index in outcome(of: files[index], collection, memory, paper) }
    }
    problems += collection.warnings + (printer?.warnings ?? []) + listDocuments(collection)
    try finish(withoutOtherKinds(results), problems)
  }

  /// Lists all documents that lie in the output folder, those of other runs too. Also where this run
  /// made none: one that was killed may have left the list as it was.
  private func listDocuments(_ collection: TemplateCollection) -> [Diagnostic] {
    guard hasList else { return [] }
    do throws(Problems) {
      return try DocumentIndex.update(output, collection)
    } catch {
      return error.diagnostics
    }
  }

  /// The list is a page that leads to pages.
  private var hasList: Bool { formats.contains(.html) }

  /// The outcome of one data file: the documents made of it, or its problems.
  private struct Outcome: Sendable {
    /// Of the documents, all of which were made; nil where they were not.
    var paths: [String]?
    var problems: [Diagnostic] = []
    /// The folder where documents of an earlier run still lie although this run made none.
    var staleFolder: String?
  }

  /// Passes over files without a document of the wanted kind, where several files were given.
  private func withoutOtherKinds(_ results: [Outcome]) -> [Outcome] {
    guard kind != nil, results.contains(where: { $0.paths != nil }) else { return results }
    return results.filter { outcome in
      !outcome.problems.contains { problem in
        if case .report(.noSuchDocument) = problem.kind { true } else { false }
      }
    }
  }

  private func finish(_ results: [Outcome], _ known: [Diagnostic]) throws(Problems) {
    var problems = (known + results.flatMap(\.problems)).toldOnce
    if !problems.hasErrors, results.allSatisfy({ $0.paths?.isEmpty ?? true }) {
      problems.append(Diagnostic(.report(.nothingToMake), at: nil))
    }
    do throws(Problems) {
      for path in results.compactMap(\.paths).joined() { try Messages.show(path: path) }
    } catch {
      throw Problems(problems + error.diagnostics)
    }
    if problems.hasErrors || results.contains(where: { $0.paths == nil }) {
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
    for file in files where ["", ".", ".."].contains(folderName(of: file)) {
      problems.append(Diagnostic(.source(.output(.noOutputName(path: file))), at: nil))
    }
    for file in files where !seen.insert(folder(of: file)).inserted {
      problems.append(Diagnostic(.report(.sameOutput(folder(of: file))), at: nil))
    }
    try problems.throwIfErrors()
  }

  private func folder(of file: String) -> String { "\(output)/\(folderName(of: file))" }

  private func folderName(of file: String) -> String {
    let name = Files.name(of: file)
    return DataFile.isNamed(file) ? String(name.dropLast(4)) : name
  }

  private func outcome(
    of file: String, _ collection: TemplateCollection, _ memory: DocumentMemory, _ paper: Paper
  ) -> Outcome {
    var outcome = makeDocuments(of: file, collection, memory, paper)
    guard outcome.paths == nil else { return outcome }
    let folder = folder(of: file)
    do throws(Problems) {
      try Files.finishOutputs(in: folder)
    } catch {
      outcome.problems += error.diagnostics
    }
    if Files.holdsDocuments(folder) { outcome.staleFolder = folder }
    return outcome
  }

  /// Makes all documents of a data file, and only then writes them: all or none.
  private func makeDocuments(
    of file: String, _ collection: TemplateCollection, _ memory: DocumentMemory, _ paper: Paper
  ) -> Outcome {
    var outcome = Outcome()
    do throws(Problems) {
      let checked = try DataFile.read(path: file).check(collection, ofKind: kind)
      outcome.problems = isDraft ? checked.problemsOfDraft : checked.problems
      guard !outcome.problems.hasErrors else { return outcome }
      var documents = try checked.render(
        collection, formats: formats, memory: memory, on: paper, tracing: nil)
      if formats.contains(.xlsx) || formats.contains(.docx) {
        documents = try documents.packed(into: &outcome.problems)
      }
      let listing = checked.listing(in: folder(of: file), ofKind: kind, isDraft: isDraft)
      outcome.paths = try Files.write(
        documents, hidden: hasList ? [listing] : [], as: folderName(of: file), below: output)
    } catch {
      outcome.problems += error.diagnostics
    }
    return outcome
  }
}
