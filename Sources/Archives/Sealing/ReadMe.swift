import Diagnostics
import Reports

/// The text that tells a stranger how to check an archive, `DOC-TOI.txt`: the same in an archive and in
/// each of its bags.
enum ReadMe {
  static let text = """
    TÀI LIỆU ĐÃ NIÊM — CÁCH KIỂM TRA KHÔNG CẦN CHƯƠNG TRÌNH NÀO CỦA CHÚNG TÔI

    Thư mục có tệp bagit.txt là một gói (BagIt, RFC 8493): một văn bản và mọi thứ đã dùng để lập ra nó.
      data/du-lieu/   tệp dữ liệu (chữ và số do người soạn nhập), ảnh, bảng
      data/mau/       mẫu, lược đồ, thể thức, sổ bộ đã dùng
      data/ket-qua/   văn bản, mỗi dạng một tệp
      phieu-dung.rec  phiếu dựng: lập từ gì, bằng lệnh và phiên bản nào, mã mô tả

    Kiểm tra một gói (Linux, macOS, hoặc Git Bash trên Windows), chạy ngay trong thư mục của gói:
      sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
    Mọi dòng phải là OK, và gói không được có tệp nào ngoài các tệp nêu ở hai danh sách ấy.
    Hoặc, nếu có Python: pip install bagit, rồi bagit.py --validate THƯ_MỤC

    Kiểm tra gói có đúng là gói đã vào sổ: sha256sum tagmanifest-sha256.txt phải ra số ghi ở dòng ma_goi
    của gói trong so-dang-ky.rec, ở thư mục gốc của kho.
    Sổ ấy là một chuỗi: ma là SHA-256 của các dòng phía trên nó trong mục (kể cả dấu xuống dòng cuối),
    ma_truoc là ma của mục liền trước. Số cuối cùng ghi ở dau-so.txt; ai giữ số ấy ở nơi khác thì biết
    sổ có bị bớt, sửa hay viết lại hay không. Nếu có chữ ký: dau-so.txt.sig (ssh-keygen -Y verify) hoặc
    dau-so.txt.minisig (minisign -V).

    ---
    SEALED DOCUMENTS: a folder with bagit.txt is a BagIt bag (RFC 8493) of one document and all that it
    was made of. To check it: sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt in that folder; no
    other files may lie in it. The sum of its tagmanifest-sha256.txt is ma_goi in so-dang-ky.rec, a hash
    chain whose last number stands in dau-so.txt.

    """

  static func write(to path: String) throws(Diagnostic) {
    try Files.write(Array(text.utf8).span, to: path)
  }
}
