import Archives
import Diagnostics
import Glibc
import Reports

/// The work of `baocao seal`: the documents of each data file are made, written as bags beside the
/// archive, and put into it in the order of the data files. What cannot be made stops no other.
struct SealJob {
  let data: [String]
  let archive: Archive
  let making: Making
  let shard: Shard?
  let jobs: Int
  let templates: String?

  /// - Returns: whether all documents are in the archive.
  func run() throws(Problems) -> Bool {
    var problems: [Diagnostic] = []
    let all = try DataArguments.files(of: data, into: &problems)
    try checkNames(all)
    let files = shard.map { Array($0.part(of: all)) } ?? all
    let collection = try TemplateSearch.collection(templates, undefined: .strict)
    let codes = try ArchiveCodes(collection)
    let printers = Printers()
    defer { printers.close() }
    let sealer = try Problems.collecting { () throws(Diagnostic) in
      try Sealer(
        archive, templates: collection, codes,
        epoch: getenv("SOURCE_DATE_EPOCH").map { String(cString: $0) },
        part: shard.map { ArchivePart($0.number, of: $0.count) })
    }
    defer { sealer.writer.close() }
    let sealing = SealingQueue.seal(files.count, into: sealer.writer, jobs: jobs) {
      let memory = DocumentMemory()
      return { index in outcome(of: files[index], collection, memory, printers, sealer) }
    }
    return sealing.tell(problems + collection.warnings + printers.warnings)
  }

  private func outcome(
    of file: String, _ collection: TemplateCollection, _ memory: DocumentMemory,
    _ printers: Printers, _ sealer: Sealer
  ) -> SealingQueue.Outcome {
    var outcome = SealingQueue.Outcome()
    do throws(Problems) {
      let bytes = try Problems.collecting { () throws(Diagnostic) in
        try DataFile.readBytes(file)
      }
      let (name, folder) = (Files.name(of: file), Files.folder(of: file))
      if let places = sealer.unchangedBags(of: name, bytes, in: folder, making) {
        outcome.unchanged = places.count
        return outcome
      }
      let checked = try DataFile.read(name: file, bytes: bytes).check(collection)
      outcome.problems = checked.problems
      guard !outcome.problems.hasErrors else { return outcome }
      let documents = try documents(
        of: checked, OutputFile(path: name, bytes: bytes), collection, memory, printers)
      outcome.drafts = try Problems.collecting { () throws(Diagnostic) in
        var drafts: [ArchiveWriter.Draft] = []
        for document in documents {
          if let draft = try sealer.draft(document) {
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
    of checked: CheckedFile, _ data: OutputFile,
    _ collection: TemplateCollection, _ memory: DocumentMemory, _ printers: Printers
  ) throws(Problems) -> [SealedDocument] {
    let inputs = try checked.inputs(collection, formats: making.formats)
    let outputs = try DocumentSet(making, printers).outputs(of: checked, collection, memory)
    var making = making
    making.engine = printers.engineVersion
    return checked.descriptions.map { description in
      SealedDocument(
        description, data: data, beside: inputs.beside, templates: inputs.templates,
        outputs: outputs.filter { $0.isOf(description.name, among: checked) }, making)
    }
  }

  /// Two data files of one name would be sealed under one name.
  private func checkNames(_ files: [String]) throws(Problems) {
    var seen: Set<String> = []
    try files.filter { !seen.insert(Files.name(of: $0)).inserted }
      .map { Diagnostic(.report(.sameOutput("\(archive.path)/\(Files.name(of: $0))")), at: nil) }
      .throwIfErrors()
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
