import Foundation

/// The form of uploads: parts between lines of a boundary, each with a head (RFC 7578).
enum Multipart {
  private static let partLimit = 200
  private static let headLimit = 4096

  /// The boundary that a content type names; nil for another type.
  static func boundary(of type: String) -> [UInt8]? {
    guard type.hasPrefix("multipart/form-data"), let start = type.range(of: "boundary=") else {
      return nil
    }
    let rest = type[start.upperBound...].prefix { $0 != ";" }
    let name = rest.hasPrefix("\"") ? rest.dropFirst().prefix { $0 != "\"" } : rest[...]
    return (1...70).contains(name.utf8.count) ? Array("--\(name)".utf8) : nil
  }

  static func read(_ body: [UInt8], _ boundary: [UInt8]) throws(PageFailure) -> FormData {
    var form = FormData()
    let data = Data(body)
    let mark = Data(boundary)
    guard var start = data.range(of: mark)?.upperBound else { throw .badRequest }
    var count = 0
    while !data[start...].starts(with: Data("--".utf8)) {
      count += 1
      guard count <= partLimit else { throw .tooLarge }
      guard data[start...].starts(with: Data("\r\n".utf8)),
        let end = data.range(of: Data("\r\n".utf8) + mark, in: start..<data.endIndex)
      else { throw .badRequest }
      try readPart(data[(start + 2)..<max(start + 2, end.lowerBound)], into: &form)
      start = end.upperBound
    }
    return form
  }

  private static func readPart(_ part: Data, into form: inout FormData) throws(PageFailure) {
    let headEnd = part.prefix(headLimit).range(of: Data("\r\n\r\n".utf8))
    guard let headEnd, let head = String(data: part[..<headEnd.lowerBound], encoding: .utf8),
      let name = parameter("name", in: head)
    else { throw .badRequest }
    let bytes = [UInt8](part[headEnd.upperBound...])
    if let file = parameter("filename", in: head) {
      // A field without a chosen file is sent with an empty name.
      if !file.isEmpty { form.append(FormData.File(field: name, name: file, bytes: bytes)) }
    } else {
      guard let value = String(validating: bytes, as: UTF8.self) else { throw .badRequest }
      form.append(FormData.Field(name: name, value: value))
    }
  }

  /// `name="value"` in the line that says what a part is; browsers write a quote in it as `%22`.
  private static func parameter(_ name: String, in head: String) -> String? {
    let line = head.split(separator: "\r\n").first {
      $0.lowercased().hasPrefix("content-disposition:")
    }
    guard let line, let start = line.range(of: "; \(name)=\"") else { return nil }
    return String(line[start.upperBound...].prefix { $0 != "\"" })
      .replacingOccurrences(of: "%22", with: "\"")
  }
}
