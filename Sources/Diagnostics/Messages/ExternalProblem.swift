/// The problems of the descriptor file that `%rec` may name after the type: R111 to R116.
public enum ExternalProblem: Sendable, Hashable {
  case address(String)
  case absolutePath(String)
  case outsideFolder(String)
  case notFound(String)
  case noSuchType(file: String, type: String)
  case furtherWords

  var wording: Wording {
    switch self {
    case .address(let address):
      Wording(
        "R111", "«\(address)» là địa chỉ trên mạng; chương trình này không đọc gì từ mạng",
        "“\(address)” is an address on the net; this program reads nothing from there",
        hint: (
          "tải tệp về, để cạnh tệp này và viết tên tệp", "save the file beside this one and name it"
        ))
    case .absolutePath(let path):
      Wording(
        "R112", "«\(path)» là đường dẫn tuyệt đối, không dùng được trên máy khác",
        "“\(path)” is an absolute path, which no other machine has",
        hint: (
          "để tệp mô tả trong cùng thư mục và chỉ viết tên tệp",
          "keep the descriptor's file in the same folder and write its name only"
        ))
    case .outsideFolder(let path):
      Wording(
        "R113", "tệp «\(path)» nằm ngoài thư mục này",
        "the file “\(path)” lies outside this folder",
        hint: (
          "chép tệp mô tả vào cùng thư mục", "copy the descriptor's file into the same folder"
        ))
    case .notFound(let path):
      Wording(
        "R114", "không có tệp mô tả «\(path)»", "there is no file “\(path)” with a descriptor",
        hint: (
          "tệp được tìm cạnh tệp này, rồi trong thư mục mẫu",
          "it is looked for beside this file, then in the folder of templates"
        ))
    case .noSuchType(let file, let type):
      Wording(
        "R115", "tệp «\(file)» không mô tả loại bản ghi «\(type)»",
        "the file “\(file)” does not describe the record type “\(type)”",
        hint: ("thêm «%rec: \(type)» vào tệp đó", "add “%rec: \(type)” to that file"))
    case .furtherWords:
      Wording(
        "R116", "«%rec» chỉ gồm tên loại và một tệp", "“%rec” has a type and at most one file",
        hint: ("bỏ phần thừa này", "remove these further words"))
    }
  }
}
