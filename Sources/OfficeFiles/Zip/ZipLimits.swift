/// How much of a container is read: an office's file has far less, a hostile one far more.
public struct ZipLimits: Sendable {
  /// The number of entries.
  public var entries: Int
  /// The size of one entry, unpacked.
  public var entrySize: Int
  /// The size of all entries that are opened, unpacked.
  public var totalSize: Int
  /// How many times as large an entry may become, from a megabyte on.
  public var ratio: Int

  public init(entries: Int, entrySize: Int, totalSize: Int, ratio: Int) {
    self.entries = entries
    self.entrySize = entrySize
    self.totalSize = totalSize
    self.ratio = ratio
  }

  /// Those of office files. A full sheet of Excel of the same cell over and over becomes 300 times as
  /// large; the most that can be packed, 1032 times.
  public static let officeFiles = ZipLimits(
    entries: 10_000, entrySize: 768 << 20, totalSize: 1024 << 20, ratio: 600)

  /// The size below which an entry may become any number of times as large.
  static let harmlessSize = 1 << 20
}
