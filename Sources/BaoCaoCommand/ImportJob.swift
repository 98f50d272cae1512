import Archives
import Diagnostics
import Reports

/// The import of many posts into a folder, each by itself: one that cannot be read stops no other.
struct ImportJob {
  let inputs: [String]
  let folder: String
  let overwrites: Bool
  let jobs: Int

  /// What became of a post: what is told of it, but for what is only counted.
  private struct Outcome: Sendable {
    var errors: [Diagnostic] = []
    /// By code.
    var notices: [String: Int] = [:]
  }

  /// - Returns: whether all were imported.
  /// - Throws: what keeps all of them from being imported.
  func run(_ importer: PostImporter) throws(Problems) -> Bool {
    var problems: [Diagnostic] = []
    let posts = try files(into: &problems)
    try Problems.collecting { () throws(Diagnostic) in try Files.makeFolder(folder) }
    let (outputs, twice) = outputs(of: posts)
    problems += twice
    let progress = Progress(of: outputs.count)
    let outcomes = inParallel(outputs.count, jobs: jobs) {
      { index in
        let outcome = self.importPost(outputs[index], importer)
        progress.step()
        return outcome
      }
    }
    progress.finish()
    problems += outcomes.flatMap(\.errors)
    Messages.show(problems)
    tell(outcomes, outputs)
    return !problems.hasErrors
  }

  private func importPost(
    _ paths: (input: String, output: String), _ importer: PostImporter
  ) -> Outcome {
    var outcome = Outcome()
    do throws(Problems) {
      let bytes = try Problems.collecting { () throws(Diagnostic) in
        if !overwrites, Files.exists(paths.output) {
          throw Diagnostic(.form(.fileExists(path: paths.output)), at: nil)
        }
        return try Files.read(paths.input)
      }
      let post = try importer.post(bytes, of: paths.input, for: paths.output)
      let notices = try ImportedFile.write(post, to: paths.output, overwrites: overwrites)
      for notice in notices { outcome.notices[notice.kind.code, default: 0] += 1 }
    } catch {
      outcome.errors += error.diagnostics
    }
    return outcome
  }

  // MARK: Names

  private func files(into problems: inout [Diagnostic]) throws(Problems) -> [String] {
    var files: [String] = []
    for path in inputs {
      guard Files.isFolder(path) else {
        files.append(path)
        continue
      }
      let base = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      var walk = FolderWalk(base)
      let known = files.count
      try Problems.collecting { () throws(Diagnostic) in
        try collect(base, &walk, into: &files)
      }
      if files.count == known {
        problems.append(Diagnostic(.importing(.noPosts(folder: path)), at: nil))
      }
    }
    return files
  }

  private func collect(
    _ folder: String, _ walk: inout FolderWalk, into files: inout [String]
  ) throws(Diagnostic) {
    for entry in try walk.enter(folder) {
      let path = folder == "." ? entry.name : "\(folder)/\(entry.name)"
      switch entry.kind {
      case .folder: try collect(path, &walk, into: &files)
      case .file: if ImportedPost.isNamed(path) { files.append(path) }
      case .linkOut: break
      }
    }
  }

  /// The data file of each post; of two with one name only the first has one.
  private func outputs(
    of posts: [String]
  ) -> (outputs: [(input: String, output: String)], twice: [Diagnostic]) {
    var names: [String: String] = [:]
    var outputs: [(String, String)] = []
    var twice: [Diagnostic] = []
    for post in posts {
      let output = "\(folder)/\(ImportedPost.name(of: post)).rec"
      if let other = names[output] {
        twice.append(
          Diagnostic(.importing(.sameOutput(output, input: post, other: other)), at: nil))
      } else {
        names[output] = post
        outputs.append((post, output))
      }
    }
    return (outputs, twice)
  }

  // MARK: What is told

  private func tell(_ outcomes: [Outcome], _ outputs: [(input: String, output: String)]) {
    let failed = outcomes.count { !$0.errors.isEmpty }
    var lines = [
      Messages.text(
        "đã nhập \(outcomes.count - failed)/\(outcomes.count) bài vào «\(folder)»",
        "\(outcomes.count - failed) of \(outcomes.count) posts imported into “\(folder)”")
    ]
    let codes = Set(outcomes.flatMap(\.notices.keys)).sorted()
    for code in codes {
      let files = outcomes.indices.filter { outcomes[$0].notices[code] != nil }
      let count = files.reduce(0) { $0 + (outcomes[$1].notices[code] ?? 0) }
      let names = files.prefix(3).map { outputs[$0].output }.joined(separator: ", ")
      let more = files.count > 3 ? ", …" : ""
      lines.append(
        Messages.text(
          "\(code): \(count) chỗ trong \(files.count) tệp (\(names)\(more))",
          "\(code): \(count) in \(files.count) files (\(names)\(more))"))
    }
    Messages.tellSummary(lines.joined(separator: "\n"))
  }
}
