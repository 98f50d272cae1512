import Diagnostics
import NIOPosix
import Reports
import Texts

/// A data file as a page shows it: its form, its problems, and the documents it asks for.
struct OpenedFile: Sendable {
  let name: DataFileName
  let state: FileState
  let file: DataFile
  let form: EntryForm
  let problems: [PlacedProblem]
  let documents: [NamedDocument]

  /// Whether documents can be taken away as they are.
  var isReady: Bool { !problems.contains { $0.problem.severity == .error } && !documents.isEmpty }

  func count(_ severity: Severity, in type: String? = nil) -> Int {
    problems.count { $0.problem.severity == severity && (type == nil || $0.place?.type == type) }
  }
}

/// A problem with the field that it belongs to; without one it is about the file as a whole.
struct PlacedProblem: Sendable {
  let problem: Diagnostic
  let place: EntryPlace?

  /// Tells whether a field is missing or empty: what is still to be filled in, and no mistake.
  var isOfNothing: Bool {
    switch problem.kind {
    case .records(.missingField), .records(.emptyField), .report(.missingRecordType): true
    default: false
    }
  }
}

struct NamedDocument: Sendable {
  /// As in addresses and file names: `so-ket`, `tin-bai-2`.
  let name: String
  /// `Báo cáo sơ kết`.
  let title: String
}

/// What a thread makes documents with, used again for each.
private final class Memories {
  let checking = DocumentMemory()
  let drafting = DocumentMemory()
}

extension Workshop {
  // Each thread has its own.
  nonisolated(unsafe) private static let memories = ThreadSpecificVariable<Memories>()

  private static var own: Memories {
    if let known = memories.currentValue { return known }
    let made = Memories()
    memories.currentValue = made
    return made
  }

  /// Reads a state of a file and checks it.
  func open(_ name: DataFileName, _ state: FileState) throws -> OpenedFile {
    let file = try DataFile.read(name: name.path, bytes: state.bytes)
    let form = try EntryForm(of: file, checking)
    let check = WholeCheck(file, checking, dictionary, Self.own.checking)
    let problems = check.problems.map {
      PlacedProblem(problem: $0.forDataAuthors, place: form.place(of: $0))
    }
    let made = check.checked?.reports.map { NamedDocument(name: $0.name, title: $0.title) } ?? []
    return OpenedFile(
      name: name, state: state, file: file, form: form, problems: problems,
      documents: made.isEmpty ? asked(in: form) : made)
  }

  /// The documents that records ask for where none can be made yet.
  private func asked(in form: EntryForm) -> [NamedDocument] {
    let kinds = (try? checking.allKinds()) ?? []
    var counts: [String: Int] = [:]
    return (form.section("van_ban")?.records ?? []).compactMap { record in
      guard let name = record.values["mau"]?.first,
        let kind = kinds.first(where: { $0.name == name })
      else { return nil }
      let count = counts[name, default: 0] + 1
      counts[name] = count
      return NamedDocument(
        name: count == 1 ? name : "\(name)-\(count)", title: kind.title.string)
    }
  }

  /// Makes a document as a draft: what is missing is marked, and what is wrong counts as missing.
  ///
  /// - Throws: what no draft can be made with.
  func draft(_ file: DataFile, of document: String, as format: Format) throws(Problems)
    -> [OutputFile]
  {
    var file = file
    for _ in 0..<Self.draftTries {
      let checked = file.check(drafting)
      let problems = checked.problemsOfDraft
      if problems.hasErrors, let rest = file.omittingFields(of: problems) {
        file = rest
        continue
      }
      try problems.throwIfErrors()
      return try checked.render(
        drafting, formats: [format], memory: Self.own.drafting, on: Paper(), only: document,
        tracing: nil)
    }
    throw Problems(file.check(drafting).problemsOfDraft)
  }

  /// Without what is wrong, something else may be wrong.
  private static let draftTries = 4

  /// Makes documents as they are taken away.
  ///
  /// - Parameter document: the only one that is wanted; nil for all.
  /// - Throws: all problems, where one is an error.
  func make(
    _ file: DataFile, only document: String?, as formats: [Format], on paper: Paper
  ) throws(Problems) -> [OutputFile] {
    let checked = file.check(checking)
    try checked.problems.throwIfErrors()
    return try checked.render(
      checking, formats: formats, memory: Self.own.checking, on: paper, only: document,
      tracing: nil)
  }
}

extension Office {
  /// Opens a file as it is now.
  func open(_ id: String) async throws -> OpenedFile {
    let name = try folder.file(id)
    return try await workshop.run { try workshop.open(name, try keeper.state(of: name)) }
  }
}
