import Archives
import Diagnostics
import Reports

/// Writing the data file of an old post, perhaps in the place of one that was imported before.
enum ImportedFile {
  /// Writes it, and its pictures beside it; what a person has said of the facts of the file that it takes the place of stays said.
  ///
  /// - Parameter path: nil and `-` are standard output.
  /// - Returns: what is told of the post and of these facts.
  static func write(
    _ post: ImportedPost, to path: String?, overwrites: Bool
  ) throws(Problems) -> [Diagnostic] {
    var (bytes, notices) = (post.bytes, post.notices)
    if overwrites, let path, path != "-", let old = facts(ofFile: path) {
      let kept = try ProposedFacts(file: path, bytes: bytes).bytes(keeping: old)
      bytes = kept.bytes ?? bytes
      if kept.lost > 0 {
        notices.append(Diagnostic(.importing(.post(.lostConfirmations(kept.lost))), at: nil))
      }
    }
    let written = bytes
    try Problems.collecting { () throws(Diagnostic) in
      if overwrites, let path, path != "-" { try Files.check(isWritable: path) }
      if let path, path != "-" { try post.writePictures(besides: path, isNew: !overwrites) }
      try Files.output(written, to: path, isNew: !overwrites)
    }
    return notices
  }

  /// The facts of a file that is there; nil where it is none of data.
  private static func facts(ofFile path: String) -> ProposedFacts? {
    guard Files.exists(path), let bytes = try? Files.read(path) else { return nil }
    return try? ProposedFacts(file: path, bytes: bytes)
  }
}
