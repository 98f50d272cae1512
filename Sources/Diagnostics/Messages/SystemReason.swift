/// The reasons for which the system refuses to open or write a file.
public enum SystemReason: Sendable, CaseIterable {
  case notFound, notAllowed, isFolder, notFolder, noSpace
  /// A pipe, a device or a socket where a file must be.
  case notRegular
  case isLink
  /// A name of bytes that are no letters.
  case nameNotUTF8
  case exists, linkLoop, nameTooLong, readOnly, readOnlyDisk, notOpen, noReader, tooManyOpen
  case diskFault, busy, tooLarge, noDevice, noMemory, otherDisk, wrongName
  /// Of the network.
  case addressInUse, noSuchAddress
  case other

  var vietnamese: String { words.vietnamese }
  var english: String { words.english }

  private var words: (vietnamese: String, english: String) {
    switch self {
    case .notFound: ("không có tệp hoặc thư mục này", "no such file or folder")
    case .notAllowed: ("không có quyền", "permission denied")
    case .isFolder: ("đây là thư mục", "it is a folder")
    case .notFolder:
      ("một phần của đường dẫn không phải là thư mục", "a part of the path is not a folder")
    case .noSpace: ("hết chỗ trên đĩa", "no space left on the disk")
    case .notRegular:
      ("đây là ống dẫn hoặc thiết bị, không phải là tệp", "it is a pipe or a device, not a file")
    default: rareWords
    }
  }

  private var rareWords: (vietnamese: String, english: String) {
    switch self {
    case .isLink: ("đây là liên kết, không phải là tệp", "it is a link, not a file")
    case .nameNotUTF8:
      ("tên không viết bằng UTF-8, hãy đổi tên", "the name is not UTF-8; rename it")
    case .exists: ("đã có tệp cùng tên", "a file of that name is there already")
    case .linkLoop: ("liên kết dẫn vòng về chính nó", "the link leads back to itself")
    case .nameTooLong: ("tên dài quá", "the name is too long")
    case .readOnly: ("tệp chỉ cho đọc", "the file is read-only")
    case .readOnlyDisk: ("đĩa chỉ cho đọc", "the disk is read-only")
    case .notOpen: ("luồng vào hoặc ra này đã đóng", "this input or output is closed")
    case .noReader: ("bên nhận không đọc nữa", "nobody reads what is written")
    case .tooManyOpen: ("quá nhiều tệp đang mở", "too many files are open")
    case .diskFault: ("đĩa bị lỗi", "the disk has a fault")
    case .busy: ("tệp đang được dùng", "the file is in use")
    case .tooLarge: ("tệp lớn quá mức cho phép", "the file is larger than is allowed")
    case .noDevice: ("thiết bị hoặc bên nhận không có", "there is no device or reader behind it")
    case .noMemory: ("hết bộ nhớ", "no memory is left")
    case .otherDisk: ("tệp ở trên đĩa khác", "the file is on another disk")
    case .wrongName: ("tên có ký tự không dùng được", "the name holds a sign that no name can")
    case .addressInUse:
      ("chương trình khác đang dùng cổng này", "another program uses this port")
    case .noSuchAddress: ("máy này không có địa chỉ ấy", "this machine does not have that address")
    default: ("hệ thống từ chối", "the system refuses")
    }
  }
}
