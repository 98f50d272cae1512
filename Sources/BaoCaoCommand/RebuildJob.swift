import Archives
import Diagnostics
import Reports
import Synchronization

/// The work of `baocao rebuild`: each bag is checked, its document made again and compared. A bag that is
/// damaged is named, and stops no other.
struct RebuildJob {
  let paths: [String]
  let output: String?
  let shard: Shard?
  let jobs: Int

  /// The bags of a data file, which hold the same data.
  private struct Group: Sendable {
    /// The archive that they lie in; nil for a bag that is named by itself.
    let archive: Verification?
    /// Among the bags of the archive.
    var range: Range<Int>
    /// The folder of a bag that is named by itself.
    var path = ""

    var bags: [Bag] {
      guard let archive else { return [Bag(path: path, name: Files.name(of: path))] }
      return archive.bags[range].map { place in
        Bag(
          path: archive.path(ofBag: place), name: String(place.drop { $0 != "/" }.dropFirst()),
          archive: archive, place: place)
      }
    }
  }

  /// A bag to rebuild.
  private struct Bag: Sendable {
    let path: String
    /// The name of its folder of documents, `ha-long-2020/so-ket`.
    let name: String
    var archive: Verification?
    /// Below the archive.
    var place = ""

    var problems: [Diagnostic] {
      archive?.problems(ofBag: place) ?? Archive.problems(ofBagAt: path)
    }
  }

  /// What was told of the bags.
  private struct Totals {
    var same = 0
    var sameContent = 0
    var different = 0
    var failed = 0
    var problems: [Diagnostic] = []
  }

  /// - Returns: whether all documents came out as they were sealed.
  func run() throws(Problems) -> Bool {
    var totals = Totals()
    let all = try groups(&totals.problems)
    let groups = shard.map { Array($0.part(of: all)) } ?? all
    let printers = Printers()
    defer { printers.close() }
    let rebuilder = Rebuilder { file, document, making, collection, memory throws(Problems) in
      try DocumentSet(making, printers).outputs(
        of: file, only: document, collection, memory)
    }
    let shared = Mutex(totals)
    inOrder(groups.count, jobs: jobs) {
      var memory = DocumentMemory()
      return { index in
        var reading = Rebuilder.Reading()
        return groups[index].bags.map { self.rebuild($0, rebuilder, &reading, &memory) }
      }
    } use: { (outcomes: [(bag: Bag, outcome: Rebuilder.Outcome)]) in
      shared.withLock { totals in for (bag, outcome) in outcomes { tell(bag, outcome, &totals) } }
    }
    totals = shared.withLock { $0 }
    // What was told when the documents were sealed is not told again.
    Messages.showAll(totals.problems.toldOnce)
    tell(totals)
    return !totals.problems.hasErrors && totals.different == 0 && totals.failed == 0
  }

  private func rebuild(
    _ bag: Bag, _ rebuilder: Rebuilder, _ reading: inout Rebuilder.Reading,
    _ memory: inout DocumentMemory
  ) -> (bag: Bag, outcome: Rebuilder.Outcome) {
    var outcome = Rebuilder.Outcome()
    outcome.problems = bag.problems
    guard !outcome.problems.hasErrors else { return (bag, outcome) }
    outcome = rebuilder.rebuild(bag.path, &reading, &memory)
    if let output, !outcome.outputs.isEmpty {
      do throws(Problems) {
        _ = try Files.write(outcome.outputs, as: bag.name, below: output)
      } catch {
        outcome.problems += error.diagnostics
      }
    }
    outcome.outputs = []
    return (bag, outcome)
  }

  // MARK: The bags

  private func groups(_ problems: inout [Diagnostic]) throws(Problems) -> [Group] {
    var groups: [Group] = []
    for path in paths {
      let archive = Archive(path)
      if !Archive.isArchive(archive.path), Archive.isBag(archive.path) {
        groups.append(Group(archive: nil, range: 0..<1, path: archive.path))
        continue
      }
      let verification = try Problems.collecting { () throws(Diagnostic) in
        try Verification(archive)
      }
      problems += verification.problems + verification.problemsOfHeads()
      var last = ""
      for (index, place) in verification.bags.enumerated() {
        let folder = Files.folder(of: place)
        if folder == last {
          groups[groups.count - 1].range = groups[groups.count - 1].range.lowerBound..<index + 1
        } else {
          groups.append(Group(archive: verification, range: index..<index + 1))
        }
        last = folder
      }
    }
    return groups
  }

  // MARK: What is told

  private func tell(_ bag: Bag, _ outcome: Rebuilder.Outcome, _ totals: inout Totals) {
    totals.problems += outcome.problems
    guard !outcome.problems.hasErrors else {
      totals.failed += 1
      return
    }
    var lines: [String] = []
    var isSame = true
    var isDifferent = false
    for (name, likeness) in outcome.files {
      switch likeness {
      case .sameBytes: break
      case .sameContent:
        isSame = false
        lines.append("  \(name): \(Self.sameContent)")
      case nil:
        isDifferent = true
        lines.append("  \(name): \(Self.notCompared)")
      case .different(let differences):
        isDifferent = true
        lines.append("  \(name): \(Self.different)")
        lines += differences.map { "    \($0.line)" }
      }
    }
    let verdict: String
    if isDifferent {
      totals.different += 1
      verdict = Self.different
    } else if isSame {
      totals.same += 1
      verdict = Self.sameBytes
    } else {
      totals.sameContent += 1
      verdict = Self.sameContent
    }
    lines.insert("\(bag.path): \(verdict)", at: 0)
    do throws(Problems) {
      for line in lines { try Messages.print(line.printed) }
    } catch {
      totals.problems += error.diagnostics
    }
  }

  // The verdicts are the same in both languages, as other programs read them.
  private static let sameBytes = "giống từng byte"
  private static let sameContent = "giống nội dung, khác trình bày"
  private static let different = "khác"
  private static let notCompared = "khác byte, không có pdftotext để so nội dung"

  private func tell(_ totals: Totals) {
    Messages.tellSummary(
      Messages.text(
        "\(totals.same) văn bản giống từng byte, \(totals.sameContent) giống nội dung, \(totals.different) khác, \(totals.failed) không lập lại được",
        "\(totals.same) documents with the same bytes, \(totals.sameContent) with the same content, \(totals.different) different, \(totals.failed) not made"
      ))
  }
}

extension Difference {
  /// `dong-da.md:31, Số hộ: «1.240» → «1.204»`
  fileprivate var line: String {
    let head = [place, field].filter { !$0.isEmpty }.joined(separator: ", ")
    return "\(head): «\(old)» → «\(new)»"
  }
}
