import Archives
import ArgumentParser
import Diagnostics
import Reports
import Synchronization

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Kiểm tra kho lưu trữ hoặc gói: mọi tệp, mọi gói, sổ đăng ký, chữ ký.",
      "Check an archive or a packet: all files, all packets, the register, signatures."),
    discussion: Messages.text(
      "Kho nguyên vẹn thì in mã đầu sổ; hãy chép mã ấy ở nơi khác.",
      "Of an archive that is whole it prints the head of the register, to be written down elsewhere."
    ))

  @OptionGroup var archives: ArchiveArguments

  @Option(
    name: .customLong("dau-so"),
    help: .text(
      "Tệp có dòng đầu sổ đã chép hay ký trước đây, để đối chiếu.",
      "A file with a head that was kept elsewhere, to compare with.",
      value: ("tệp", "file")))
  var head: String?

  @Option(
    name: .customLong("nguoi-ky"),
    help: .text(
      "Tệp những người ký được chấp nhận (allowed signers của ssh-keygen).",
      "The allowed signers, as ssh-keygen reads them.",
      value: ("tệp", "file")))
  var signers: String?

  @Option(
    name: .customLong("khoa"),
    help: .text(
      "Tệp khóa công khai của minisign.",
      "The public key of minisign.",
      value: ("tệp", "file")))
  var key: String?

  @OptionGroup var parallel: JobOptions

  func run() throws {
    var isWhole = true
    for path in archives.paths where try !verify(path) { isWhole = false }
    if !isWhole { throw Failure.badInput }
  }

  private func verify(_ path: String) throws(Problems) -> Bool {
    let archive = Archive(path)
    guard !Archive.isArchive(archive.path), Archive.isBag(archive.path) else {
      return try verify(archive)
    }
    let problems = Archive.problems(ofBagAt: archive.path)
    Messages.show(problems)
    if problems.isEmpty {
      try Messages.print("\(archive.path.printed): nguyên vẹn")
    }
    return problems.isEmpty
  }

  private func verify(_ archive: Archive) throws(Problems) -> Bool {
    let verification = try Problems.collecting { () throws(Diagnostic) in
      try Verification(archive)
    }
    let found = Mutex(
      verification.problems + verification.problemsOfHeads()
        + problems(ofSignaturesIn: verification))
    let damaged = Atomic(0)
    inOrder(verification.bags.count, jobs: parallel.jobs) {
      { index in verification.problems(ofBag: verification.bags[index]) }
    } use: { (problems: [Diagnostic]) in
      if !problems.isEmpty { damaged.add(1, ordering: .relaxed) }
      found.withLock { $0 += problems }
    }
    // What damages many packets at once comes first, and every damage is named.
    let problems = verification.problemsBesideBags() + found.withLock { $0 }
    Messages.showAll(problems)
    let whole = verification.bags.count - damaged.load(ordering: .relaxed)
    Messages.tellSummary(
      Messages.text(
        "\(archive.path): \(whole)/\(verification.bags.count) gói nguyên vẹn",
        "\(archive.path): \(whole) of \(verification.bags.count) packets are whole"))
    if problems.hasErrors { return false }
    try Messages.print(verification.head)
    return true
  }

  private func problems(ofSignaturesIn verification: Verification) -> [Diagnostic] {
    let signers = Signature.Signers(allowed: signers, key: key)
    return (head.map { [verification.problem(ofHeadIn: $0)] } ?? []).compactMap(\.self)
      + verification.signatures.compactMap { signed in
        Signature.problem(of: signed.signature, over: signed.head, by: signers)
      }
  }
}
