/// The syllables of Vietnamese, by which one sees in what encoding a text is right.
///
/// A syllable is a beginning, a rhyme and a tone. Not every rhyme follows every beginning, the ends
/// `c`, `ch`, `p` and `t` take the tones sắc and nặng only, and the tone stands on one vowel.
struct Syllables: Sendable {
  static let known = Syllables()

  /// A word in letters without tones: six bits a letter, the first lowest.
  typealias Key = UInt64
  /// No syllable is longer: nghiêng.
  static let longest = 7

  /// An open table of the syllables without tones: a key, and what is known of it at the same index.
  private let keys: [Key]
  private let facts: [Facts]

  private struct Facts: BitwiseCopyable {
    /// A bit for each letter that may bear the tone.
    var places: UInt8 = 0
    /// A bit for each tone that the syllable may have.
    var tones: UInt8 = 0
    /// A bit for each tone with which it is one of the most frequent.
    var common: UInt8 = 0
  }

  private static let size = 1 << 14

  /// How well letters make a syllable.
  enum Match: Sendable {
    case none
    case possible
    /// One of the most frequent.
    case common
  }

  /// - Parameters:
  ///   - place: the index of the letter that bears the tone.
  ///   - tone: 0 for none.
  func match(_ key: Key, tone: UInt8, at place: Int) -> Match {
    var slot = Syllables.slot(key)
    while keys[slot] != 0 {
      if keys[slot] == key {
        let facts = facts[slot]
        guard facts.tones & 1 << tone != 0, tone == 0 || facts.places & 1 << UInt8(place) != 0
        else { return .none }
        return facts.common & 1 << tone != 0 ? .common : .possible
      }
      slot = (slot &+ 1) & (Syllables.size - 1)
    }
    return .none
  }

  private static func slot(_ key: Key) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 50)
  }

  private init() {
    var table = Syllables.Table()
    let rhymes = Syllables.rhymes.map { Rhyme($0) }
    for beginning in Syllables.beginnings {
      let fits = Syllables.fitting(beginning)
      for rhyme in rhymes where fits(rhyme) { table.add(rhyme, after: beginning) }
    }
    for rhyme in Syllables.rhymesAfterQu { table.add(Rhyme(rhyme), after: "qu") }
    // The i of gi is its rhyme too.
    for rhyme in ["i", "in", "iêng"] as [Substring] { table.add(Rhyme(rhyme), after: "g") }
    for word in Syllables.common {
      let (key, tone, _) = Syllables.parts(word)
      let slot = table.slot(of: key)
      if table.keys[slot] == key { table.facts[slot].common |= 1 << tone }
    }
    (keys, facts) = (table.keys, table.facts)
  }

  /// The table as it is made.
  private struct Table {
    var keys = [Key](repeating: 0, count: Syllables.size)
    var facts = [Facts](repeating: Facts(), count: Syllables.size)

    /// The slot that a key has, or is to have.
    func slot(of key: Key) -> Int {
      var slot = Syllables.slot(key)
      while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (Syllables.size - 1) }
      return slot
    }

    mutating func add(_ rhyme: Rhyme, after beginning: Substring) {
      let length = beginning.unicodeScalars.count
      let key = Syllables.parts(beginning).key | rhyme.key << UInt64(6 * length)
      let slot = slot(of: key)
      keys[slot] = key
      facts[slot].places |= rhyme.tonePlaces << UInt8(length)
      facts[slot].tones |= rhyme.isStopped ? 0b110000 : 0b111111
    }
  }

  /// A rhyme with what counts of it for each syllable.
  private struct Rhyme {
    let letters: [Unicode.Scalar]
    let key: Key
    /// A bit for each letter that may bear the tone.
    let tonePlaces: UInt8
    /// Tells whether it ends in a sound that has two tones only.
    let isStopped: Bool

    init(_ text: Substring) {
      letters = Array(text.unicodeScalars)
      key = Syllables.parts(text).key
      tonePlaces = Rhyme.tonePlaces(letters).reduce(0) { $0 | 1 << UInt8($1) }
      let last = letters.last
      isStopped =
        (last == "c" || last == "h" || last == "p" || last == "t" || last == "k")
        && !letters.suffix(2).elementsEqual("nh".unicodeScalars)
    }

    /// Where the tone may stand: on a letter with a mark, else on the first vowel but for `oa`, `oe`
    /// and `uy`, which have it on either.
    private static func tonePlaces(_ rhyme: [Unicode.Scalar]) -> [Int] {
      let vowels = rhyme.prefix { !"bcdghklmnpqrstvxk".unicodeScalars.contains($0) }
      if let marked = vowels.lastIndex(where: { "âêôơă".unicodeScalars.contains($0) }) {
        return [marked]
      }
      if let horned = vowels.firstIndex(of: "ư") { return [horned] }
      let isEither = ["oa", "oe", "uy"].contains { vowels.starts(with: $0.unicodeScalars) }
      return !isEither ? [0] : vowels.count == 3 ? [1] : [0, 1]
    }
  }

  /// Which rhymes a beginning may have.
  private static func fitting(_ beginning: Substring) -> (Rhyme) -> Bool {
    func isFront(_ rhyme: Rhyme) -> Bool {
      rhyme.letters.first.map { "eêiy".unicodeScalars.contains($0) } ?? false
    }
    switch beginning {
    case "c", "g", "ng": return { !isFront($0) }
    case "k", "gh", "ngh": return { isFront($0) }
    case "gi":
      return { rhyme in
        rhyme.letters[0] != "i" && rhyme.letters[0] != "y" && rhyme.letters != ["ê"]
          && rhyme.letters != ["ê", "u"]
      }
    default:
      let takesY = "hklmstv".contains(beginning) || beginning.isEmpty
      return { takesY || $0.letters[0] != "y" }
    }
  }

  /// A word in letters without tones, its tone, and the index of the letter that bears it.
  static func parts(_ word: some StringProtocol) -> (key: Key, tone: UInt8, place: Int) {
    var (key, tone, place) = (Key(0), UInt8(0), 0)
    for (index, scalar) in word.unicodeScalars.enumerated() {
      let letter = Letters.letter(scalar.value)
      key |= Key(letter.rank) << UInt64(6 * index)
      if letter.tone != 0 { (tone, place) = (letter.tone, index) }
    }
    return (key, tone, place)
  }

  private static func words(_ list: String) -> [Substring] {
    list.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
  }

  private static let beginnings =
    words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x") + [""]

  private static let rhymes = words(
    "a e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iêu iu oa oai oao oay oe oeo oi ôi ơi ua uây uê "
      + "ui uôi uơ uy uya uyu ưa ưi ươi ươu ưu yêu am an ang anh ăm ăn ăng âm ân âng em en eng êm ên "
      + "ênh im in inh iêm iên iêng om on ong ôm ôn ông ơm ơn um un ung ưng uôm uôn uông ươm ươn ương "
      + "oam oan oang oanh oăm oăn oăng oen oong uân uâng uên uênh uyên uynh uyn yêm yên yêng ap at ac "
      + "ach ăp ăt ăc âp ât âc ep et ec êp êt êch ip it ich iêp iêt iêc op ot oc ôp ôt ôc ơp ơt up ut uc "
      + "ưt ưc uôt uôc ươp ươt ươc oap oat oac oach oăt oăc oet ooc uât uêch uyt uyêt uych yêt ăk âk"
  )

  private static let rhymesAfterQu = words(
    "a ai ao au ay âu ây e eo ê êu ơ y yên yêt ynh ych yt yu an ang anh ăm ăn ăng ân âng en eng ên "
      + "ênh it in ich at ac ach ăp ăt ăc ât âp et êt êch ôc ôn")

  /// The syllables that make up most of a text of an office.
  private static let common = words(
    "và của các có được cho trong là về công với theo tại đến nhân thực hiện quy người năm định tổ "
      + "chức không một những khi để thông từ này việc quản lý dân đã phải ban hành hoạt động cơ quan kế "
      + "hoạch phường xã quận huyện tỉnh thành phố ủy uỷ hội đồng số đảng chính trị phát triển kinh tế văn "
      + "hóa hoá sở giáo dục đào tạo y tài nghị quyết chỉ thị báo cáo kết quả nhiệm vụ giải pháp tăng cường "
      + "lãnh đạo nâng cao chất lượng hiệu đẩy mạnh tuyên truyền vận phong trào đoàn thể mặt trận quốc tổ phụ "
      + "nữ thanh niên nông nghiệp sản xuất kinh doanh xây dựng đất môi trường an toàn trật tự quân sự quốc "
      + "phòng chống cải cách thủ tục điện tử dịch vụ bảo đảm vệ sức khỏe khoẻ trẻ em giảm nghèo bền vững hộ gia "
      + "đình khu phố thôn tổ trưởng phó bí thư chủ tịch đồng chí ông bà cán bộ viên lao học sinh phổ sáng "
      + "chiều ngày tháng quý đầu cuối tiếp tục triển khai tham dự buổi họp lễ gặp mặt kiểm tra giám sát đánh "
      + "giá tình hình khó khăn thuận lợi tồn nguyên nhân bài kinh nghiệm kiến đề xuất cấp trên dưới đối tượng "
      + "điều khoản điểm luật pháp nghị quyền nghĩa trách nhiệm vụ yêu cầu sử dụng nội dung hình thức tổng ngân "
      + "sách thu chi đồng triệu tỷ nghìn mức vốn đầu tư dự án công trình chương mục tiêu giai đoạn hướng dẫn "
      + "phối hợp liên đơn vị bộ ngành địa phương cùng bằng như nhất hai ba bốn bảy tám chín mười lần thứ mới "
      + "lớn nhiều ít hơn cũng còn đó đây ra vào lên xuống qua lại sau trước giữa ngoài sẽ đang rất "
      + "nếu thì mà vì do nên bị mỗi từng cả mọi ấy nào gì đi làm nói biết thấy lấy đưa giúp nhằm góp phần "
      + "ý kiến nhận xét nước ta tôi chúng anh chị em con cháu bác Bác Hồ Minh Việt Nam Hà Nội độc lập tự do "
      + "hạnh phúc cộng hòa hoà xã nghĩa kính gửi căn cứ nơi nhận lưu ký tên họ sinh địa chỉ điện thoại "
      + "thi đua khen thưởng kỷ luật tiêu chuẩn danh hiệu tiên tiến xuất sắc hoàn đạt vượt so cùng kỳ tỷ lệ "
      + "trung ương thường trực tập huấn lớp bồi dưỡng cử tri tiếp xúc đại biểu khóa khoá kỳ nhiệm bầu cử "
      + "hòa giải tố cáo khiếu nại đơn thư tiếp dân đối thoại chế độ sở dân chủ giữ gìn tết nguyên đán "
      + "lũ bão phòng cháy chữa rừng biển đường giao thông nhà trường mầm non tiểu trung thầy cô giáo bệnh dịch "
      + "bản ở ghi dòng chữ liệu mẫu tác họa trống đứng chưa hoặc đặt đóng bảng viết dấu loại phản lượt chỉnh đều "
      + "chiếu đọc phí nêu ánh lời bàn câu kèm khác thêm luận hạn niêm yết cuộc giờ đúng mã mở biên tính đăng tệp chỗ chấm trì "
      + "mô nó tâm đủ thuộc thời phân rõ tới cột tốt giấy khéo cần riêng trọng sổ chứng cư đổi nối toán lực dùng soát biến khối "
      + "chọn trả bày rà phục ước chậm cụm hệ hết thảo trụ hiểu thúc mời trích kiện bỏ tọa hàng dõi nhóm tắt sửa ngắn bên bắt "
      + "tích trần bố yếu khắc dữ thích chú cá cỡ tiết mạng nguyễn nắm tuần liền khoảng chốt viện dài mưu đốc rộng cổng tuyến "
      + "hạ cảm quá đích xuyên khẩn rồi đàm gọi lịch triệt đồ hằng máy phông xử chịu chúc ơn trái phận trí đợt kiểu chép gồm "
      + "nhiêu kê cụ phạm kể tiền kỹ cửa chuyên tầng nền chuyển gần hỗ trợ thế biện trữ gắn đa nộp hỏi mừng vướng mắc nghiêm "
      + "túc luôn nhưng đầy điền nhắc gốc mối trở xếp thấp tìm phủ bình thẩm lĩnh vực sống ứng kịp năng tộc chánh thân giới "
      + "thiệu đâu chào trăm màu kiêm thiếu soạn bề nhỏ áp lỗi hương bổ cận trồng sớm phức tạp đông thật tặng dụ lục gia ví "
      + "lạc đức lộc tạ trịnh phạm trần lê vũ đặng bùi đỗ ngô dương hoàng phan thúy thuý thủy thuỷ hùng dũng tuấn hiền tạo"
  )
}

/// Puts letters together to a word, and says whether it is a syllable.
struct WordReader {
  private var key: Syllables.Key = 0
  private(set) var count = 0
  private var tone: UInt8 = 0
  private var place = 0
  /// Tells whether it has a letter of another language, a second tone, or too many letters.
  private var isForeign = false
  /// Tells whether a letter beyond ASCII is in it.
  private(set) var isMarked = false
  private var capitals = 0
  /// Tells whether a capital stands behind a small letter.
  private var isUneven = false

  @inline(__always)
  mutating func add(_ letter: Letter, isASCII: Bool) {
    if count < Syllables.longest {
      key |= Syllables.Key(letter.rank) << UInt64(truncatingIfNeeded: 6 &* count)
    } else {
      isForeign = true
    }
    if letter.tone != 0 {
      if tone != 0 { isForeign = true }
      (tone, place) = (letter.tone, count)
    }
    if !isASCII { isMarked = true }
    known &+= 1
    if letter.isCapital {
      if count != capitals { isUneven = true }
      capitals &+= 1
    }
    count &+= 1
  }

  /// Tells whether it has odd letters beside those of Vietnamese.
  var isMixed: Bool { isOdd && known > 0 }
  private var isOdd = false
  /// The number of letters of Vietnamese.
  private var known = 0

  /// Tells whether it is made of a few capitals without tones.
  var isAbbreviation: Bool { !isForeign && tone == 0 && count > 1 && capitals == count }

  @inline(__always)
  mutating func addForeign(isOdd: Bool) {
    isForeign = true
    if isOdd { self.isOdd = true }
    isMarked = true
    count &+= 1
  }

  /// Tells whether its capitals are none, the first letter, or all.
  var isEven: Bool { !isUneven && (capitals <= 1 || capitals == count) }

  /// Tells whether two capitals at least stand beside a small letter with a tone or another mark.
  var isHalfCapital: Bool { isMarked && capitals > 1 && capitals < count }

  func match(in syllables: borrowing Syllables) -> Syllables.Match {
    isForeign || count == 0 ? .none : syllables.match(key, tone: tone, at: place)
  }
}
