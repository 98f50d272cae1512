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
      return { index in sealer.outcome(of: files[index], collection, making, memory, printers) }
    }
    return sealing.tell(problems + collection.warnings + printers.warnings)
  }

  /// Two data files of one name would be sealed under one name.
  private func checkNames(_ files: [String]) throws(Problems) {
    var seen: Set<String> = []
    try files.filter { !seen.insert(Files.name(of: $0)).inserted }
      .map { Diagnostic(.report(.sameOutput("\(archive.path)/\(Files.name(of: $0))")), at: nil) }
      .throwIfErrors()
  }
}
