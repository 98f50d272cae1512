import Diagnostics
import Texts
import Records

extension DataFile {
  private static let pictureExtensions = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"]

  /// The picture files of the `anh` records; each must lie beside the data file and be described.
  func pictures(_ problems: inout [Diagnostic]) -> [String] {
    var paths: [String] = []
    for record in database.records(ofType: "anh") {
      guard let path = record.field("tap_tin")?.value else { continue }
      let full = "\(folder)/\(Files.stored(path.string, in: folder))"
      if !Files.exists(full) {
        problems.append(Diagnostic(.report(.missingPicture(path.string)), at: path))
      } else if !Files.isRelative(path.string) || !Files.lies(full, in: folder) {
        problems.append(Diagnostic(.report(.pictureOutside(path.string)), at: path))
      } else if !Files.isRegular(full)
        || !DataFile.pictureExtensions.contains(where: { path.string.hasSuffix($0) })
      {
        problems.append(Diagnostic(.report(.notAPicture(path.string)), at: path))
      } else if record.field("mo_ta") == nil {
        problems.append(Diagnostic(.report(.pictureWithoutDescription), at: record.place))
      } else {
        paths.append(path.string)
      }
    }
    return paths
  }
}
