import Diagnostics
import Reports

/// The pictures of a saved page that go along with its data file into another folder.
///
/// A data file shows only what lies in its own folder. What lies in the folder of the page, or below it,
/// is copied; a path that leads elsewhere stays as it is, and is told of when the post is made.
struct PostPictures {
  /// By the path that the data file has for each.
  private(set) var files: [OutputFile] = []
  private var paths: [String: String] = [:]
  private var size = 0
  /// The folder of the page.
  private let source: String
  /// The folder of the copies, beside the data file.
  private let target: String

  /// No page has more, in bytes.
  private static let sizeLimit = 64 << 20

  /// - Returns: nil where the data file lies beside the page.
  init?(of page: String, besides dataFile: String) {
    source = Files.folder(of: page)
    let folder = Files.folder(of: dataFile)
    guard page != "-", Files.resolved(source) != Files.resolved(folder) else { return nil }
    let name = Files.name(of: dataFile)
    target = (name.hasSuffix(".rec") ? String(name.dropLast(4)) : name) + "_files"
  }

  /// Copies the picture of each block, which is then the copy.
  mutating func take(from post: inout WrittenPost) {
    for index in post.blocks.indices {
      guard case .picture(let file, let alternative) = post.blocks[index].form else { continue }
      post.blocks[index].form = .picture(file: path(of: file), alternative: alternative)
    }
  }

  private mutating func path(of file: String) -> String {
    if let known = paths[file] { return known }
    paths[file] = file
    guard Files.isRelative(file), DataFile.isPictureName(file),
      let bytes = try? Files.read("\(source)/\(file)", inside: source),
      bytes.count <= Self.sizeLimit - size
    else { return file }
    size += bytes.count
    let copy = "\(target)/\(freeName(for: Files.name(of: file)))"
    files.append(OutputFile(path: copy, bytes: bytes))
    paths[file] = copy
    return copy
  }

  /// Pictures of several folders may have one name.
  private func freeName(for name: String) -> String {
    func isTaken(_ name: String) -> Bool {
      files.contains { $0.path.lowercased() == "\(target)/\(name)".lowercased() }
    }
    var (free, number) = (name, 1)
    while isTaken(free) {
      number += 1
      free = "\(number)-\(name)"
    }
    return free
  }
}

extension ImportedPost {
  /// Writes the pictures that go along with the data file.
  ///
  /// - Parameter isNew: write only where no file is.
  public func writePictures(besides dataFile: String, isNew: Bool) throws(Diagnostic) {
    for picture in pictures {
      let path = "\(Files.folder(of: dataFile))/\(picture.path)"
      try Files.makeFolder(Files.folder(of: path))
      try Files.write(picture.bytes.span, to: path, isNew: isNew)
    }
  }
}
