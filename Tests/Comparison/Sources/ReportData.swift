import Foundation
import Reports
import Templating

/// A data file, and the same values as JSON for engines that do not read rec.
struct ReportData {
  let name: String
  let bytes: [UInt8]
  let json: Data

  /// Every `.rec` of a folder.
  static func all(in folder: String) throws -> [ReportData] {
    let names = try Files.names(in: folder).filter { $0.hasSuffix(".rec") }
    return try names.map { try ReportData(name: $0, bytes: Files.read(folder + "/" + $0)) }
  }

  private init(name: String, bytes: [UInt8]) throws {
    self.name = name
    self.bytes = bytes
    let values = jsonObject(try FillData.read(name: name, bytes: bytes))
    json = try JSONSerialization.data(withJSONObject: values)
  }
}

private func jsonObject(_ map: ValueMap) -> [String: Any] {
  let members = zip(map.shape.keys, map.values)
  return Dictionary(uniqueKeysWithValues: members.map { ($0.text.string, jsonValue($1)) })
}

private func jsonValue(_ value: Value) -> Any {
  switch value {
  case .bool(let bool): bool
  case .int(let int): int
  case .items(let items): items.map(jsonValue)
  case .map(let map): jsonObject(map)
  default: value.printed.string
  }
}
