/// The problems of looking for documents: U0xx.
public enum FindingProblem: Sendable {
  /// Nowhere can an index be written.
  case indexNotKept(folder: String)
  /// Some of the paths, and the number of all.
  case unreadFiles(paths: [String], count: Int)

  var wording: Wording {
    switch self {
    case .indexNotKept(let folder):
      Wording(
        "U001",
        "không có chỗ ghi chỉ mục của «\(folder)», nên lần tìm nào cũng phải đọc lại mọi tệp",
        "the index of “\(folder)” can be kept nowhere, so each search reads all files",
        hint: (
          "cho phép ghi vào thư mục ấy, hoặc đặt XDG_CACHE_HOME là một thư mục ghi được",
          "allow writing to that folder, or set XDG_CACHE_HOME to a folder that can be written to"
        ), severity: .warning)
    case .unreadFiles(let paths, let count):
      Wording(
        "U002",
        "\(count) tệp không đọc được nên không tìm trong đó: \(paths.joined(separator: ", "))"
          + (count > paths.count ? ", …" : ""),
        "files that cannot be read and were not searched: \(count) (\(paths.joined(separator: ", "))"
          + (count > paths.count ? ", …)" : ")"),
        hint: ("xem lỗi bằng «baocao check»", "“baocao check” tells what is wrong with them"),
        severity: .warning)
    }
  }
}
