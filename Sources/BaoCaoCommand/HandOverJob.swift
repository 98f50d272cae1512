import Archives
import Diagnostics
import Glibc
import Reports
import Synchronization

/// The work of `baocao hand-over`: the chosen bags are checked, and one that is damaged refuses the packet.
struct HandOverJob {
  let archive: Archive
  let output: String
  let choice: PacketChoice
  let form: PacketProfile.Form
  let schemas: String?
  let jobs: Int

  func run(_ dossier: String, _ templates: TemplateCollection) throws(Problems) {
    let profile = try PacketProfile(form, templates)
    let file = try DossierFile(try DataFile.read(path: dossier).whole(), templates)
    try checkOutput(beside: templates)
    let verification = try Problems.collecting { () throws(Diagnostic) in
      try Verification(archive)
    }
    try (verification.problems + verification.problemsOfHeads()).throwIfErrors()
    let documents = try documents(verification, profile)
    let epoch = getenv("SOURCE_DATE_EPOCH").map { String(cString: $0) }
    let packet = try Packet(
      of: file, documents, profile, templates, schemas: try schemaFiles(), epoch: epoch)
    let path = try Problems.collecting { () throws(Diagnostic) in
      try packet.write(below: output)
    }
    Messages.show(documents.flatMap(\.warnings))
    try Messages.show(path: path)
    tell(packet)
  }

  /// The packet must not come to lie in the archive or among the templates.
  private func checkOutput(beside templates: TemplateCollection) throws(Problems) {
    var place = output
    while !Files.exists(place), place != ".", place != "/" { place = Files.folder(of: place) }
    let found = place
    try Problems.collecting { () throws(Diagnostic) in
      for folder in [archive.path, templates.folder.path] {
        try Files.check(output: found, isNotIn: folder)
      }
    }
  }

  private func documents(
    _ verification: Verification, _ profile: PacketProfile
  ) throws(Problems) -> [PacketDocument] {
    let bags = try choice.bags(in: verification)
    let read = Mutex((documents: [PacketDocument](), problems: [Diagnostic]()))
    inOrder(bags.count, jobs: jobs) {
      { index in
        do throws(Problems) {
          return .success(try PacketDocument(bags[index], in: verification, profile))
        } catch {
          return .failure(error)
        }
      }
    } use: { (outcome: Result<PacketDocument, Problems>) in
      read.withLock { read in
        switch outcome {
        case .success(let document): read.documents.append(document)
        case .failure(let error): read.problems += error.diagnostics
        }
      }
    }
    let (documents, problems) = read.withLock { $0 }
    try problems.throwIfErrors()
    return documents
  }

  private func schemaFiles() throws(Problems) -> [String] {
    guard let schemas else { return [] }
    return try Problems.collecting { () throws(Diagnostic) in
      try Files.names(in: schemas).filter { $0.hasSuffix(".xsd") }.map { "\(schemas)/\($0)" }
    }
  }

  private func tell(_ packet: Packet) {
    Messages.tellSummary(
      Messages.text(
        "gói \(form.rawValue) có \(packet.count) văn bản; lập theo TT 05/2025/TT-BNV, chỗ chưa kiểm chứng nêu trong documentation/DOC-TOI.txt của gói",
        "a packet (\(form.rawValue)) of \(packet.count) documents, as TT 05/2025/TT-BNV has it; its documentation/DOC-TOI.txt tells what is not verified"
      ))
  }
}
