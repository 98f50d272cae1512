/// Why the system refused to open or write a file.
public enum SystemReason: Sendable {
  case notFound
  case notAllowed
  case isFolder
  case notFolder
  case noSpace
  /// The number of the error.
  case other(Int32)

  var vietnamese: String {
    switch self {
    case .notFound: "không có tệp hoặc thư mục này"
    case .notAllowed: "không có quyền"
    case .isFolder: "đây là thư mục"
    case .notFolder: "một phần của đường dẫn không phải là thư mục"
    case .noSpace: "hết chỗ trên đĩa"
    case .other(let code): "lỗi hệ thống số \(code)"
    }
  }

  var english: String {
    switch self {
    case .notFound: "no such file or folder"
    case .notAllowed: "permission denied"
    case .isFolder: "it is a folder"
    case .notFolder: "a part of the path is not a folder"
    case .noSpace: "no space left on the disk"
    case .other(let code): "system error \(code)"
    }
  }
}
