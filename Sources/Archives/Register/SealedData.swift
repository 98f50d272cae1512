import Diagnostics
import Reports

/// Which states of data files an archive holds, by its register.
public struct SealedData: Sendable {
  private let archive: Archive
  /// The bags by the name of the data file that they were made of, in the order of sealing.
  private let bags: [String: [String]]

  /// - Throws: that the register cannot be read.
  public init(_ archive: Archive) throws(Diagnostic) {
    self.archive = archive
    var bags: [String: [String]] = [:]
    _ = try RegisterText.read(try RegisterFile(archive, nil)) { entry, _ in
      guard let file = entry.value(RegisterEntry.fileField), let bag = entry.bag,
        BagPath.isSafe(bag)
      else { return }
      bags[file, default: []].append(bag)
    }
    self.bags = bags
  }

  /// Tells whether anything of a data file's name was sealed.
  public func knows(_ name: String) -> Bool { bags[name] != nil }

  /// Tells whether a document was sealed that was made of just this data.
  public func holds(_ bytes: [UInt8], named name: String) -> Bool {
    let entry = Manifest.Entry(path: BagPath.data + name, sum: Checksum(of: bytes))
    return (bags[name] ?? []).reversed().contains { bag in
      let text = try? Files.read("\(archive.path)/\(bag)/\(BagPath.manifest)")
      return text.map { Manifest(reading: $0).entries.contains(entry) } ?? false
    }
  }
}
