import Diagnostics
import Texts
import Records
import Vietnamese

extension DataFile {
  private static let pictureExtensions = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"]

  private static let pictureType = "anh"
  private static let pictureField = "tap_tin"

  /// Tells whether a field has the path of a picture.
  static func namesPicture(_ field: Text, ofType type: Text) -> Bool {
    type.isSpelled(pictureType) && field.isSpelled(pictureField)
      || type.isSpelled(Schema.verbatimType) && field.isSpelled(Schema.shownFileField)
  }

  /// The picture files of the `anh` records; each must lie beside the data file and be described.
  func pictures(_ problems: inout [Diagnostic]) -> [String] {
    var paths: [String] = []
    for record in database.records(ofType: Self.pictureType) {
      guard let path = record.field(Self.pictureField)?.value else { continue }
      let full = "\(folder)/\(Files.stored(path.string, in: folder))"
      let isOutside =
        path.string.hasPrefix("/") && Files.exists(path.string)
        || Files.exists(full) && (!Files.isRelative(path.string) || !Files.lies(full, in: folder))
      if isOutside {
        problems.append(Diagnostic(.report(.pictureOutside(path.string)), at: path))
      } else if !Files.exists(full) {
        problems.append(missingPicture(path))
      } else if !Files.isRegular(full), !Files.isFolder(full) {
        let reason = SourceProblem.cannotOpen(path: path.string, reason: .notRegular)
        problems.append(Diagnostic(.source(reason), at: path))
      } else if !Files.isRegular(full) || !DataFile.isPictureName(path.string) {
        problems.append(Diagnostic(.report(.notAPicture(path.string)), at: path))
      } else if record.field("mo_ta") == nil {
        problems.append(Diagnostic(.report(.pictureWithoutDescription), at: record.place))
      } else {
        paths.append(path.string)
      }
    }
    return paths
  }

  /// The picture files of a text that is kept word for word. One that is not there is told of, but the
  /// text is made without it.
  func verbatimPictures(besides known: [String], _ problems: inout [Diagnostic]) -> [String] {
    var paths: [String] = []
    var seen = Set(known)
    for record in database.records(ofType: Schema.verbatimType) {
      guard let path = record.field(Schema.shownFileField)?.value, !path.isBlank,
        seen.insert(path.string).inserted
      else { continue }
      let full = "\(folder)/\(Files.stored(path.string, in: folder))"
      if Files.isRelative(path.string), Files.isRegular(full), Files.lies(full, in: folder),
        DataFile.isPictureName(path.string)
      {
        paths.append(path.string)
      } else {
        problems.append(Diagnostic(.report(.pictureNotShown(path.string)), at: path))
      }
    }
    return paths
  }

  /// Cameras write `IMG_2031.JPG`.
  public static func isPictureName(_ name: String) -> Bool {
    pictureExtensions.contains { name.lowercased().hasSuffix($0) }
  }

  private func missingPicture(_ path: Text) -> Diagnostic {
    // As Windows writes it.
    let wanted = path.string.replacing("\\", with: "/")
    let names = pictureNames(besides: wanted)
    let suggestion = DataFile.nearestPicture(to: wanted, among: names)
    let problem = ReportProblem.missingPicture(
      path.string, suggestion: suggestion, present: Array(names.prefix(5)))
    return Diagnostic(.report(problem), at: path)
  }

  /// The pictures that lie in the folder in which a path looks for one, as paths; where it is none,
  /// those beside the data file and in the folders there.
  private func pictureNames(besides path: String) -> [String] {
    let below = path.contains("/") ? Files.folder(of: path) + "/" : ""
    guard below.isEmpty || Files.isRelative(path) else { return [] }
    func pictures(in below: String) -> [String] {
      let names = (try? Files.names(in: "\(folder)/\(below)")) ?? []
      return names.filter(DataFile.isPictureName).map { below + $0 }
    }
    let names = pictures(in: below)
    guard names.isEmpty || below.isEmpty else { return names }
    let folders = ((try? Files.names(in: folder)) ?? []).filter {
      Files.isFolder("\(folder)/\($0)")
    }
    return pictures(in: "")
      + folders.prefix(DataFile.mostFolders).flatMap { pictures(in: "\($0)/") }
  }

  /// So many folders are looked into for a picture that is missing.
  private static let mostFolders = 50

  /// The picture that a path most likely means: one that differs in capitals and marks alone, or in
  /// its extension, else the nearest.
  private static func nearestPicture(to path: String, among names: [String]) -> String? {
    func bare(_ name: String) -> String { withoutMarks(name).lowercased() }
    func stem(_ name: String) -> Substring {
      let name = bare(name)
      return name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    }
    return names.first { bare($0) == bare(path) }
      ?? names.first { stem($0) == stem(path) }
      ?? names.first { bare(Files.name(of: $0)) == bare(Files.name(of: path)) }
      ?? nearest(to: path, among: names)
  }
}
