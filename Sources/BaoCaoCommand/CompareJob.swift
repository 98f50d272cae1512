import Archives
import Diagnostics
import Reports

/// What `baocao compare` found, file by file.
struct FoundDifferences {
  let old: String
  let new: String
  private(set) var files: [ComparedFile] = []
  /// Whether two folders were compared.
  let isOfFolders: Bool
  /// Of two PDF files with the same words: whether these stand at the same places.
  private var printsAlike = false

  /// The differences that are shown, for a person can use no more.
  static let shown = 1000

  init(between old: String, _ new: String) throws(Problems) {
    (self.old, self.new) = (old, new)
    isOfFolders = Files.isFolder(old)
    try Problems.collecting { () throws(Diagnostic) in try check() }
    if isOfFolders {
      files = try Problems.collecting { () throws(Diagnostic) in
        try Comparison.files(of: old, new)
      }
    } else {
      files = [ComparedFile(path: old, outcome: .alike(try likeness()))]
    }
  }

  /// - Throws: that there is nothing to compare.
  private func check() throws(Diagnostic) {
    if let path = Files.resolved(old), path == Files.resolved(new) {
      throw Diagnostic(.comparing(.sameFile(old)), at: nil)
    }
    let (kind, other) = (try Self.kind(of: old), try Self.kind(of: new))
    guard kind == other else {
      throw Diagnostic(.comparing(.otherKind(old: kind, new: other)), at: nil)
    }
  }

  private static func kind(of path: String) throws(Diagnostic) -> ComparedKind {
    if Files.isFolder(path) { return .folder }
    if DataFile.isNamed(path) { return .dataFile }
    if let format = Format(ofDocument: path) { return .document(format.fileExtension) }
    // What is not there is told of first.
    if path != "-" { _ = try Files.read(path) }
    throw Diagnostic(.comparing(.unknownKind(path: path)), at: nil)
  }

  private mutating func likeness() throws(Problems) -> Likeness {
    let (old, new) = (self.old, self.new)
    let (ours, theirs) = try Problems.collecting { () throws(Diagnostic) in
      (try Files.read(old), try Files.read(new))
    }
    guard let format = Format(ofDocument: old) else {
      return try Comparison.likeness(ofData: ours, theirs, named: old, new)
    }
    let (found, alike) = try Problems.collecting { () throws(Diagnostic) in
      guard let found = try Comparison.likeness(of: ours, theirs, as: format, named: old) else {
        throw Diagnostic(.comparing(.noPageTexts), at: nil)
      }
      guard format == .pdf, case .sameContent = found else { return (found, false) }
      return (found, try Comparison.printsAlike(ours, theirs, named: old) ?? false)
    }
    printsAlike = alike
    return found
  }

  var isAlike: Bool { files.allSatisfy(\.isAlike) }

  var problems: [Diagnostic] { files.flatMap(\.problems) }

  // MARK: In words

  /// All of it as lines: a block for each difference, and how many there are.
  var told: String {
    var lines: [String] = []
    var room = Self.shown
    for file in files {
      if isOfFolders, !file.isSameBytes {
        lines.append("\(file.path.printed): \(conclusion(of: file))")
      }
      for difference in file.differences.prefix(room) { lines += self.lines(of: difference) }
      room = max(0, room - file.differences.count)
    }
    if let rest { lines.append(rest) }
    lines.append(summary)
    return lines.joined(separator: "\n")
  }

  private func lines(of difference: Difference) -> [String] {
    let none = Messages.text("(không có)", "(nothing)")
    func side(_ text: String) -> String { text.isEmpty ? none : text.printed }
    var lines = [difference.place(in: Messages.language).printed]
    if !difference.field.isEmpty {
      lines.append("  \(Messages.text("mục", "field")): \(difference.field.printed)")
    }
    lines.append("  \(Messages.text("cũ", "old")): \(side(difference.old))")
    lines.append("  \(Messages.text("mới", "new")): \(side(difference.new))")
    return lines + [""]
  }

  /// How many differences are not shown; nil where all are.
  var rest: String? {
    let hidden = files.reduce(0) { $0 + $1.differences.count } - Self.shown
    guard hidden > 0 else { return nil }
    return Messages.text(
      "… và \(hidden) chỗ nữa, không in ở đây", "… and \(hidden) more that are not shown")
  }

  var summary: String {
    guard isOfFolders else { return files.first.map(conclusion) ?? "" }
    let alike = files.count(where: \.isAlike)
    let unread = files.count { !$0.problems.isEmpty }
    let other = files.count - alike - unread
    let text = Messages.text(
      "\(files.count) tệp: \(alike) giống, \(other) khác",
      "\(files.count) files: \(alike) the same, \(other) different")
    guard unread > 0 else { return text }
    return text + Messages.text(", \(unread) không đọc được", ", \(unread) unreadable")
  }

  func conclusion(of file: ComparedFile) -> String {
    switch file.outcome {
    case .alike(.sameBytes): Messages.text("giống từng byte", "the same, byte for byte")
    case .alike(.sameContent) where printsAlike:
      Messages.text(
        "giống từng chữ và chỗ đứng, chỉ khác byte",
        "the same words at the same places, other bytes")
    case .alike(.sameContent):
      Messages.text("giống nội dung, khác trình bày", "the same content, laid out otherwise")
    case .alike(.different(let differences)):
      Messages.text(
        "\(differences.count) chỗ khác",
        "\(differences.count) difference\(differences.count == 1 ? "" : "s")")
    case .otherBytes: Messages.text("khác byte", "other bytes")
    case .removed: Messages.text("chỉ có ở bản cũ", "only in the old one")
    case .added: Messages.text("chỉ có ở bản mới", "only in the new one")
    case .unread: Messages.text("không đọc được", "unreadable")
    }
  }
}

extension ComparedFile {
  var isAlike: Bool {
    switch outcome {
    case .alike(.sameBytes), .alike(.sameContent): true
    default: false
    }
  }

  var isSameBytes: Bool {
    if case .alike(.sameBytes) = outcome { true } else { false }
  }

  var differences: [Difference] {
    if case .alike(.different(let differences)) = outcome { differences } else { [] }
  }

  var problems: [Diagnostic] {
    if case .unread(let problems) = outcome { problems } else { [] }
  }
}
