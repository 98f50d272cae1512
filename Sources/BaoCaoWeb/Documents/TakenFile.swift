import HTTPTypes
import Hummingbird

/// What a browser saves.
struct TakenFile: Sendable {
  let name: String
  let bytes: [UInt8]

  var response: Response {
    var response = Response(bytes, as: type)
    response.headers[.contentDisposition] =
      "attachment; filename=\"\(plainName)\"; filename*=UTF-8''\(Address.encoded(name))"
    return response
  }

  /// The name for browsers that know ASCII alone.
  private var plainName: String {
    let parts = name.split(separator: ".")
    let end = parts.last.map { ".\($0)" } ?? ""
    return PlainName(parts.dropLast().joined(separator: ".")).text + end
  }

  private var type: String {
    switch name.split(separator: ".").last {
    case "md", "rec", "txt": "text/plain; charset=utf-8"
    case "csv": "text/csv; charset=utf-8"
    case "html": "text/html; charset=utf-8"
    case "pdf": "application/pdf"
    case "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case "zip": "application/zip"
    default: "application/octet-stream"
    }
  }
}
