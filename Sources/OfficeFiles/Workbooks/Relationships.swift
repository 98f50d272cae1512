/// The relationships of a part: which other parts it uses, and for what.
final class Relationships: XMLHandler {
  private(set) var all: [Relationship] = []

  struct Relationship {
    let id: String
    /// The last word of the type: `worksheet`, `sharedStrings`.
    let type: String
    let target: String
    let isExternal: Bool
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard case "Relationship" = name, let target = attributes.string("Target") else { return }
    let type = attributes.string("Type") ?? ""
    all.append(
      Relationship(
        id: attributes.string("Id") ?? "", type: String(type.split(separator: "/").last ?? ""),
        target: target, isExternal: attributes.has("TargetMode", "External")))
  }

  /// The part of the container that a target names, seen from the part that uses it; nil where it
  /// lies outside.
  static func part(_ target: String, from part: String) -> String? {
    var folders =
      target.hasPrefix("/") ? [] : part.split(separator: "/").dropLast().map(String.init)
    for step in target.split(separator: "/") {
      switch step {
      case ".": break
      case "..": if folders.popLast() == nil { return nil }
      default: folders.append(String(step))
      }
    }
    return folders.joined(separator: "/")
  }

  /// The part that holds the relationships of a part: `xl/_rels/workbook.xml.rels`.
  static func part(of part: String) -> String {
    var folders = part.split(separator: "/").map(String.init)
    let name = folders.popLast() ?? ""
    return (folders + ["_rels", name + ".rels"]).joined(separator: "/")
  }
}

/// The kinds of contents that the parts of a container have.
final class ContentTypes: XMLHandler {
  private var byPart: [String: String] = [:]
  private var byExtension: [String: String] = [:]

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard let type = attributes.string("ContentType") else { return }
    switch name {
    case "Override":
      byPart[(attributes.string("PartName") ?? "").lowercased()] = type
    case "Default":
      byExtension[(attributes.string("Extension") ?? "").lowercased()] = type
    default: break
    }
  }

  func type(of part: String) -> String? {
    let name = part.lowercased()
    return byPart["/" + name] ?? name.split(separator: ".").last.flatMap { byExtension[String($0)] }
  }
}
