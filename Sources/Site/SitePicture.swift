import Diagnostics
import Reports

/// A picture of a post.
struct SitePicture: Sendable {
  /// As the data file names it.
  let path: String
  /// The file that it is.
  let place: String
  /// The name of its file in the site, without extension; other bytes have another name.
  let name: String
  let fileExtension: String
  /// In pixels, as it is shown; nil for a file whose head does not tell them.
  let size: (width: Int, height: Int)?

  init(
    path: String, place: String, name: String, fileExtension: String,
    size: (width: Int, height: Int)?
  ) {
    (self.path, self.place, self.name) = (path, place, name)
    (self.fileExtension, self.size) = (fileExtension, size)
  }

  init(_ path: String, _ place: String) throws(Problems) {
    (self.path, self.place) = (path, place)
    let clean = try SitePicture.cleanBytes(of: place)
    let base = Files.name(of: path)
    let dot = base.lastIndex(of: ".") ?? base.endIndex
    fileExtension = base[dot...].dropFirst().lowercased()
    let stem = PageName.name(of: String(base[..<dot]), limit: 60) ?? "anh"
    name = "\(stem)-\(String(fingerprint(of: clean), radix: 36))"
    let isTurned = CleanPicture.isTurned(clean)
    size = PictureSize(of: clean).map {
      isTurned ? ($0.height, $0.width) : ($0.width, $0.height)
    }
  }

  /// Its bytes without what cameras write into them.
  func cleanBytes() throws(Problems) -> [UInt8] { try SitePicture.cleanBytes(of: place) }

  private static func cleanBytes(of place: String) throws(Problems) -> [UInt8] {
    try Problems.collecting { () throws(Diagnostic) in
      CleanPicture.bytes(of: try Files.read(place))
    }
  }

  /// The path of its file on the site.
  var sitePath: String { "/anh/\(name).\(fileExtension)" }

  /// The path of the file of a width.
  func sitePath(width: Int) -> String { "/anh/\(name)-\(width).\(fileExtension)" }

  /// Tells whether it consists of pixels that can be made fewer.
  var canBeScaled: Bool { ["jpg", "jpeg", "png", "webp"].contains(fileExtension) }

  /// The widths of a profile that are smaller than its own.
  func widths(of profile: SiteProfile) -> [Int] {
    guard canBeScaled, let size else { return [] }
    return profile.pictureWidths.filter { $0 < size.width }
  }
}

/// A number by which contents are told apart (FNV-1a).
func fingerprint(of bytes: [UInt8]) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}
