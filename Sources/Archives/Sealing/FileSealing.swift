import Diagnostics
import Reports

/// What became of a data file that is to be sealed, or of a bag of a part.
public struct SealingOutcome: Sendable {
  public var drafts: [ArchiveWriter.Draft] = []
  /// The number of documents that the archive has already.
  public var unchanged = 0
  public var problems: [Diagnostic] = []

  public init() {}
}

extension Sealer {
  /// Makes the documents of a data file, and writes a bag of each beside the archive. Where one of them
  /// cannot be made, none is written.
  ///
  /// - Parameter path: of the data file.
  public func outcome(
    of path: String, _ templates: TemplateCollection, _ making: Making, _ memory: DocumentMemory,
    _ printers: Printers
  ) -> SealingOutcome {
    var outcome = SealingOutcome()
    do throws(Problems) {
      let bytes = try Problems.collecting { () throws(Diagnostic) in
        try DataFile.readBytes(path)
      }
      let (name, folder) = (Files.name(of: path), Files.folder(of: path))
      if let places = unchangedBags(of: name, bytes, in: folder, making) {
        outcome.unchanged = places.count
        return outcome
      }
      let checked = try DataFile.read(name: path, bytes: bytes).check(templates)
      outcome.problems = checked.problems
      guard !outcome.problems.hasErrors else { return outcome }
      let documents = try documents(
        of: checked, OutputFile(path: name, bytes: bytes), templates, making, memory, printers)
      outcome.drafts = try Problems.collecting { () throws(Diagnostic) in
        var drafts: [ArchiveWriter.Draft] = []
        for document in documents {
          if let draft = try draft(document) {
            drafts.append(draft)
          } else {
            outcome.unchanged += 1
          }
        }
        return drafts
      }
    } catch {
      outcome.problems += error.diagnostics
    }
    return outcome
  }

  private func documents(
    of checked: CheckedFile, _ data: OutputFile, _ templates: TemplateCollection,
    _ making: Making, _ memory: DocumentMemory, _ printers: Printers
  ) throws(Problems) -> [SealedDocument] {
    let inputs = try checked.inputs(templates, formats: making.formats)
    let outputs = try DocumentSet(making, printers).outputs(of: checked, templates, memory)
    var making = making
    making.engine = printers.engineVersion
    return checked.descriptions.map { description in
      SealedDocument(
        description, data: data, beside: inputs.beside, templates: inputs.templates,
        outputs: outputs.filter { $0.isOf(description.name, among: checked) }, making)
    }
  }
}

extension OutputFile {
  /// Tells whether it is a document's own file, or a picture that any of them may show.
  fileprivate func isOf(_ document: String, among checked: CheckedFile) -> Bool {
    let stem = path.prefix(upTo: path.lastIndex(of: ".") ?? path.endIndex)
    if stem == document { return true }
    return !checked.descriptions.contains { $0.name == stem }
  }
}
