/// The problems of looking for documents: L0xx.
public enum FindingProblem: Sendable {
  /// What SQLite says, in English.
  case indexFails(path: String, reason: String)
  /// Nowhere can an index be written.
  case indexNotKept(folder: String)
  /// Some of the paths, and the number of all.
  case unreadFiles(paths: [String], count: Int)

  var wording: Wording {
    switch self {
    case .indexFails(let path, let reason):
      Wording(
        "L001", "không dùng được chỉ mục «\(path)»: \(reason)",
        "the index “\(path)” cannot be used: \(reason)",
        hint: (
          "xóa tệp ấy rồi chạy lại lệnh; chỉ mục sẽ được lập lại",
          "remove that file and run the command again; the index is made anew"
        ))
    case .indexNotKept(let folder):
      Wording(
        "L002", "không có chỗ ghi chỉ mục của «\(folder)», nên lần tìm nào cũng phải đọc lại mọi tệp",
        "the index of “\(folder)” can be kept nowhere, so each search reads all files",
        hint: (
          "cho phép ghi vào thư mục ấy, hoặc đặt XDG_CACHE_HOME là một thư mục ghi được",
          "allow writing to that folder, or set XDG_CACHE_HOME to a folder that can be written to"
        ), severity: .warning)
    case .unreadFiles(let paths, let count):
      Wording(
        "L003",
        "\(count) tệp không đọc được nên không tìm trong đó: \(paths.joined(separator: ", "))"
          + (count > paths.count ? ", …" : ""),
        "files that cannot be read and were not searched: \(count) (\(paths.joined(separator: ", "))"
          + (count > paths.count ? ", …)" : ")"),
        hint: ("xem lỗi bằng «baocao check»", "“baocao check” tells what is wrong with them"),
        severity: .warning)
    }
  }
}
