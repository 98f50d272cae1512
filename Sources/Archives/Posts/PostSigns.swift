import Diagnostics
import Records
import Reports
import Texts
import Vietnamese

/// The words by which a portal shows what its lines are: the register `so-bo/bai-dang-cu.rec`.
public final class PostSigns: Sendable {
  /// What a phrase means; one may mean several things, as `xem` does.
  struct Senses: OptionSet {
    let rawValue: UInt64

    static let posted = Senses(rawValue: 1 << 0)
    static let updated = Senses(rawValue: 1 << 1)
    static let otherDay = Senses(rawValue: 1 << 2)
    static let views = Senses(rawValue: 1 << 3)
    static let visits = Senses(rawValue: 1 << 4)
    static let author = Senses(rawValue: 1 << 5)
    static let source = Senses(rawValue: 1 << 6)
    static let poster = Senses(rawValue: 1 << 7)
    static let category = Senses(rawValue: 1 << 8)
    static let categoryLabel = Senses(rawValue: 1 << 9)
    static let home = Senses(rawValue: 1 << 10)
    static let menu = Senses(rawValue: 1 << 11)
    static let tool = Senses(rawValue: 1 << 12)
    static let related = Senses(rawValue: 1 << 13)
    static let siteHead = Senses(rawValue: 1 << 14)
    static let siteFoot = Senses(rawValue: 1 << 15)
    static let caption = Senses(rawValue: 1 << 16)
    static let end = Senses(rawValue: 1 << 17)
    static let weekday = Senses(rawValue: 1 << 18)
    static let afternoon = Senses(rawValue: 1 << 19)
    static let morning = Senses(rawValue: 1 << 20)
    static let count = Senses(rawValue: 1 << 21)
    static let body = Senses(rawValue: 1 << 22)
    static let telling = Senses(rawValue: 1 << 23)
    static let filler = Senses(rawValue: 1 << 24)
    static let siteOwner = Senses(rawValue: 1 << 25)
    static let copyright = Senses(rawValue: 1 << 26)
    static let toolLabel = Senses(rawValue: 1 << 27)
    static let anyDay = Senses(rawValue: 1 << 28)
    static let visited = Senses(rawValue: 1 << 29)
    static let motto = Senses(rawValue: 1 << 30)
    static let byline = Senses(rawValue: 1 << 31)
    static let drafted = Senses(rawValue: 1 << 32)
    static let place = Senses(rawValue: 1 << 33)
    static let comments = Senses(rawValue: 1 << 34)
    static let counter = Senses(rawValue: 1 << 35)
    static let opening = Senses(rawValue: 1 << 36)
    static let rank = Senses(rawValue: 1 << 37)
    static let wordOfBody = Senses(rawValue: 1 << 38)
    static let document = Senses(rawValue: 1 << 39)
    /// Of another register, and so without a name here.
    static let familyName = Senses(rawValue: 1 << 40)

    /// By the names that the register has for them.
    static let names: [(name: String, senses: Senses)] = [
      ("ngay_dang", .posted), ("cap_nhat", .updated), ("ngay_khac", .otherDay),
      ("ngay", .anyDay), ("ngay_xem", .visited), ("ngay_tao", .drafted),
      ("dia_diem", .place), ("y_kien", .comments), ("thong_ke", .counter),
      ("quoc_hieu", .motto), ("viet_boi", .byline), ("mo_dau", .opening),
      ("luot_xem", .views), ("truy_cap", .visits), ("tac_gia", .author), ("nguon", .source),
      ("nguoi_dang", .poster), ("chuyen_muc", .category), ("nhan_chuyen_muc", .categoryLabel),
      ("trang_chu", .home), ("menu", .menu), ("tien_ich", .tool), ("lien_quan", .related),
      ("dau_trang", .siteHead), ("chan_trang", .siteFoot), ("chu_thich", .caption),
      ("het", .end), ("thu", .weekday), ("sau_trua", .afternoon), ("truoc_trua", .morning),
      ("dem", .count), ("co_quan", .body), ("loi_ke", .telling), ("lot", .filler),
      ("chu_trang", .siteOwner), ("ban_quyen", .copyright), ("nhan_tien_ich", .toolLabel),
      ("cap_bac", .rank), ("chu_co_quan", .wordOfBody), ("ten_van_ban", .document),
    ]
  }

  private static let form = RegisterForm(
    "so-bo/bai-dang-cu.rec",
    """
    %rec: dau_hieu
    %mandatory: loai chu
    %unique: loai

    %rec: thang
    %mandatory: so ten
    %unique: so
    %type: so range 1 12
    """)

  /// What stands behind the words whose hash is the key, and whether longer phrases begin so.
  private struct Node {
    var senses: Senses = []
    var month = 0
    var goesOn = false
  }

  /// An open table of them. The keys are hashes, so that their bits tell where to look.
  private struct Nodes {
    private var keys = [UInt64](repeating: 0, count: 1 << 12)
    private var nodes = [Node](repeating: Node(), count: 1 << 12)
    private var count = 0

    subscript(key: UInt64) -> Node? {
      let slot = slot(of: key)
      return keys[slot] == 0 ? nil : nodes[slot]
    }

    mutating func change(_ key: UInt64, _ change: (inout Node) -> Void) {
      if count * 2 >= keys.count { grow() }
      let slot = slot(of: key)
      if keys[slot] == 0 { count += 1 }
      keys[slot] = key
      change(&nodes[slot])
    }

    /// The slot that a key has, or is to have.
    private func slot(of key: UInt64) -> Int {
      var slot = Int(truncatingIfNeeded: key >> 32) & (keys.count - 1)
      while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
      return slot
    }

    private mutating func grow() {
      let old = self
      keys = [UInt64](repeating: 0, count: old.keys.count * 2)
      nodes = [Node](repeating: Node(), count: old.keys.count * 2)
      for (key, node) in zip(old.keys, old.nodes) where key != 0 {
        let slot = slot(of: key)
        (keys[slot], nodes[slot]) = (key, node)
      }
    }
  }

  private let nodes: Nodes
  /// The signs of an end that are no words, such as `***`.
  private let endMarks: Set<[UInt8]>

  /// Reads the register.
  ///
  /// - Throws: what is wrong with it.
  public init(_ templates: TemplateCollection) throws(Problems) {
    var nodes = Nodes()
    var endMarks: Set<[UInt8]> = []
    func add(_ phrase: Text, _ change: (inout Node) -> Void) {
      let bytes = lowercased(phrase.bytes)
      let words = PostWord.all(in: bytes, 0..<bytes.count)
      var key = PostSigns.start
      for (index, word) in words.enumerated() {
        key = PostSigns.key(key, word)
        if index + 1 < words.count { nodes.change(key) { $0.goesOn = true } }
      }
      if !words.isEmpty { nodes.change(key, change) }
    }
    let database = try templates.register(PostSigns.form)
    for record in database?.records(ofType: "dau_hieu") ?? [] {
      let name = record.field("loai")?.value.string
      guard let senses = Senses.names.first(where: { $0.name == name })?.senses else { continue }
      for field in record.fields where field.name.string == "chu" {
        if senses == .end {
          endMarks.insert(PostSigns.withoutBlanks(lowercased(field.value.bytes)))
        }
        add(field.value) { $0.senses.insert(senses) }
      }
    }
    for record in database?.records(ofType: "thang") ?? [] {
      guard let month = record.field("so").flatMap({ Int($0.value.string) }) else { continue }
      for field in record.fields where field.name.string == "ten" {
        add(field.value) { $0.month = month }
      }
    }
    for name in try templates.familyNames() { add(name) { $0.senses.insert(.familyName) } }
    (self.nodes, self.endMarks) = (nodes, endMarks)
  }

  private static let start: UInt64 = 0xcbf2_9ce4_8422_2325

  private static func key(_ before: UInt64, _ word: PostWord) -> UInt64 {
    (before ^ word.hash) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The longest phrase with one of some senses that begins at a word.
  ///
  /// - Returns: its senses, and the index behind its last word.
  func phrase(
    _ words: ArraySlice<PostWord>, at index: Int, meaning wanted: Senses
  ) -> (senses: Senses, end: Int)? {
    var found: (Senses, Int)?
    walk(words, at: index) { node, end in
      if !node.senses.isDisjoint(with: wanted) { found = (node.senses, end) }
    }
    return found
  }

  /// The month that words name, and the index behind them.
  func month(_ words: ArraySlice<PostWord>, at index: Int) -> (month: Int, end: Int)? {
    var found: (Int, Int)?
    walk(words, at: index) { node, end in if node.month > 0 { found = (node.month, end) } }
    return found
  }

  private func walk(_ words: ArraySlice<PostWord>, at start: Int, _ visit: (Node, Int) -> Void) {
    var key = PostSigns.start
    var index = start
    while index < words.endIndex, index == start || words[index].joinsOn {
      key = PostSigns.key(key, words[index])
      guard let node = nodes[key] else { return }
      index += 1
      visit(node, index)
      guard node.goesOn else { return }
    }
  }

  /// Tells whether a text, which is in small letters, is a sign that the post ends.
  func isEndMark(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count < 40 else { return false }
    // «--- Hết ---», «Hết.»
    let word = text.drop { !$0.isOfPostWord }
    let signs = word.reversed().prefix { !$0.isOfPostWord }.count
    return endMarks.contains(PostSigns.withoutBlanks(text))
      || !word.isEmpty && endMarks.contains(PostSigns.withoutBlanks(word.dropLast(signs)))
  }

  private static func withoutBlanks(_ text: some Sequence<UInt8>) -> [UInt8] {
    text.filter { $0 != 0x20 }
  }
}

/// A word or a number of a line in small letters.
struct PostWord {
  /// In the bytes of the line.
  let range: Range<Int>
  let hash: UInt64
  /// Whether only signs that may stand within a phrase part it from the word before.
  let joinsOn: Bool

  /// The words of a text, which is in small letters.
  static func all(in bytes: [UInt8], _ text: Range<Int>) -> [PostWord] {
    var words: [PostWord] = []
    append(of: bytes, text, to: &words)
    return words
  }

  static func append(of bytes: [UInt8], _ text: Range<Int>, to words: inout [PostWord]) {
    let (bytes, kinds) = (bytes.span, postBytes.span)
    words.reserveCapacity(words.count + text.count / 5)
    var index = text.lowerBound
    var end = index
    while index < text.upperBound {
      let kind = kinds[Int(bytes[index])]
      guard kind != .sign else {
        // ©
        let isWord = bytes[index] == 0xC2 && index + 1 < text.upperBound && bytes[index + 1] == 0xA9
        if isWord { words.append(PostWord(range: index..<index + 2, hash: 0xA9, joinsOn: false)) }
        index = min(text.upperBound, index + bytes[index].lengthOfSign)
        if isWord { end = index }
        continue
      }
      let start = index
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      while index < text.upperBound {
        let next = kinds[Int(bytes[index])]
        guard kind == .digit ? next == .digit : next != .sign else { break }
        hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
        index &+= 1
      }
      var joinsOn = start - end <= 3
      for place in end..<start where !bytes[place].mayJoin { joinsOn = false }
      words.append(PostWord(range: start..<index, hash: hash, joinsOn: joinsOn))
      end = index
    }
  }

  fileprivate enum ByteKind { case sign, letter, digit }
}

/// What each byte is in a text.
private let postBytes: [PostWord.ByteKind] = (UInt8(0)...255).map { byte in
  byte.isASCIIDigit ? .digit : byte.isOfPostWord ? .letter : .sign
}

extension UInt8 {
  var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// Tells whether it is of a letter or a digit. Marks such as dashes, quotes and bullets begin with
  /// C2 and E2, pictures with EF and F0.
  var isOfPostWord: Bool {
    isASCIIDigit || (self | 0x20) &- 0x61 < 26 || self >= 0x80 && lengthOfSign == 1
  }

  /// Tells whether it is a sign that may stand within a phrase.
  fileprivate var mayJoin: Bool {
    switch self {
    case 0x20, 0x2C, 0x26, 0x2D, 0x2B, 0x2E, 0x2F: true
    default: false
    }
  }

  /// How many bytes the sign has that begins with it; 1 for a letter.
  fileprivate var lengthOfSign: Int {
    switch self {
    case 0xC2: 2
    case 0xE2, 0xEF: 3
    case 0xF0: 4
    default: 1
    }
  }
}
