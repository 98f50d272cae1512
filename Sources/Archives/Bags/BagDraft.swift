import Texts

/// A bag (BagIt, RFC 8493) as it is to be written.
struct BagDraft: Sendable {
  struct File: Sendable {
    /// Below the bag.
    let path: String
    let sum: Checksum
    let size: Int
    /// The bytes; nil for a file of the archive's store.
    let bytes: [UInt8]?

    init(_ path: String, _ bytes: [UInt8]) {
      (self.path, self.bytes) = (path, bytes)
      (sum, size) = (Checksum(of: bytes), bytes.count)
    }

    init(_ path: String, stored object: Store.Object) {
      self.path = path
      (sum, size, bytes) = (object.sum, object.size, nil)
    }
  }

  /// Those below `data/`.
  private(set) var payload: [File] = []
  /// The others but for the manifests.
  private(set) var tags: [File] = []

  mutating func add(_ file: File) {
    if file.path.hasPrefix(BagPath.payload) { payload.append(file) } else { tags.append(file) }
  }

  /// All files, manifests too, and the sum of the last of these, which stands for the whole bag.
  ///
  /// - Parameter info: the lines of `bag-info.txt` but for those that count the payload.
  func files(info: [(label: String, value: String)]) -> (files: [File], sum: Checksum) {
    let size = payload.reduce(0) { $0 + $1.size }
    let counted = info + [("Payload-Oxum", "\(size).\(payload.count)")]
    let lines = counted.map { "\($0.label): \(Self.onOneLine($0.value))\n" }.joined()
    var tags = self.tags
    tags.append(File(BagPath.declaration, Array(Self.declaration.utf8)))
    tags.append(File(BagPath.info, Array(lines.utf8)))
    tags.append(File(BagPath.manifest, Self.manifest(of: payload)))
    let last = File(BagPath.tagManifest, Self.manifest(of: tags))
    return (payload + tags + [last], last.sum)
  }

  static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

  private static func manifest(of files: [File]) -> [UInt8] {
    Manifest(files.map { Manifest.Entry(path: $0.path, sum: $0.sum) }).text
  }

  /// A value without line breaks, which would begin another label.
  private static func onOneLine(_ value: String) -> String {
    value.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
