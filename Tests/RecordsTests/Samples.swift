extension Sample {
  static let all = lines + sets + types.flatMap(\.samples) + schemas

  private static let lines = [
    Sample("no blank after the colon", "A:b\n"),
    Sample("tab after the colon", "A:\tb\n"),
    Sample("value on plus lines only", "A:\n+ x\n+ y\n"),
    Sample("plus without blank, alone, with two", "A: q\n+x\n+\n+  z\n"),
    Sample("plus and tab", "A: b\n+\tc\n"),
    Sample("plus first", "+ x\nA: b\n"),
    Sample("plus after blank line", "A: b\n\n+ c\n"),
    Sample("plus after comment", "A: b\n# com\n+ c\n"),
    Sample("joined", "A: b\\\nc\n"),
    Sample("joined plus is text", "A: b\\\n+ c\n"),
    Sample("joined at end", "A: b\\\n"),
    Sample("joined at end without line feed", "A: b\\", exception: "we read it as b"),
    Sample("joined in a plus line", "A: b\n+ c\\\nd\n+ e\n"),
    Sample("joined with an empty line", "A: b\\\n\nc: d\n"),
    Sample("joined with a comment", "A: b\\\n# x\nc: d\n"),
    Sample("joined with blanks", "A: b\\\n  c\n"),
    Sample("joined at once", "A:\\\nb\n"),
    Sample("joined after a blank", "A: \\\nb\n"),
    Sample("backslash before a blank", "A: b\\ \nc: d\n"),
    Sample("two backslashes", "A: b\\\\\nc\n"),
    Sample("value that ends with a backslash", "A: a\\\\\n\nB: c\n"),
    Sample("no line feed at the end", "A: b"),
    Sample("empty value without line feed", "A:", exception: "we read it as empty"),
    Sample("empty value", "A: \nB:\n"),
    Sample("plus without line feed", "A: b\n+", exception: "we read it as an empty line"),
    Sample("blanks around the value", "A:   b   \n"),
    Sample("comment inside", "A: b\n# com\nB: c\n"),
    Sample("comment only", "# c"),
    Sample("nothing", ""),
    Sample("blank lines", "\n\n\n#a\n\n\nA: b\n\n\n\n"),
    Sample("line of blanks", "A: b\n  \nB: c\n"),
    Sample("indented at the start", " A: b\n"),
    Sample("indented after a blank line", "A: b\n\n B: c\n"),
    Sample("indented inside", "A: b\n B: c\n"),
    Sample("indented comment inside", "A: b\n  # x\nc: d\n"),
    Sample("indented comment between", "A: b\n\n \t # c\n\nB: c\n"),
    Sample("blank before the colon", "A : b\n"),
    Sample("percent inside a name", "a%b: x\n"),
    Sample("hyphen in a name", "a-b: x\n"),
    Sample("underscore first", "_a: x\n"),
    Sample("digit first", "1a: x\n"),
    Sample("percent alone", "%: x\n"),
    Sample("second colon", "a:b: x\n"),
    Sample("word without colon", "a\n"),
    Sample("label", "Người chủ trì: Nguyễn Văn A\n"),
    Sample("form feed in a value", "A: b\u{C}\nB: c\n"),
    Sample("Vietnamese value", "ten: Ủy ban nhân dân\n+ phường Bồ Đề\n"),
  ]

  private static let sets = [
    Sample("repeated type", "%rec: a\n\n%rec: a\n\nx: 1\n"),
    Sample("two types in one record", "%rec: a\n%rec: b\n\nx: 1\n"),
    Sample("records before the descriptor", "x: 1\n\n%rec: a\n\nx: 1\n\nx: 2\n"),
    Sample("external file", "%rec: a file.rec\n\nx: 1\n"),
    Sample("three words", "%rec: a b c\n\nx: 1\n"),
    Sample("no type name", "%rec: \n\nx: 1\n"),
    Sample("type starts with a digit", "%rec: 1a\n\nx: 1\n"),
    Sample("type with hyphen", "%rec: a-b\n\nx: 1\n"),
    Sample("type with accent", "%rec: đ\n\nx: 1\n"),
    Sample("type with a stop", "%rec: a.b\n\nx: 1\n", exception: "recutils takes it for a file"),
    Sample("special field in a plain record", "%mandatory: x\n\nx: 1\n"),
    Sample("field before the type", "%type: x int\n%rec: a\n\nx: q\n"),
    Sample("fields in the descriptor", "%rec: a\nnhan: x Nhãn\n\nx: 1\n"),
    Sample("two empty sets", "%rec: a\n\n%rec: b\n\nk: 2\n"),
    Sample("unknown special field", "%rec: a\n%foo: x\n\nx:\n"),
  ]

  private static let schemas = [
    Sample("mandatory there", "%rec: a\n%mandatory: x\n\nx: 1\n"),
    Sample("mandatory empty", "%rec: a\n%mandatory: x\n\nx:\n", exception: "empty is missing"),
    Sample("mandatory twice", "%rec: a\n%mandatory: x\n%mandatory: y z\n\nx: 1\n"),
    Sample("mandatory on two lines", "%rec: a\n%mandatory: k\n+ l\n\nk: 1\n"),
    Sample("mandatory with comma", "%rec: a\n%mandatory: k, l\n\nk: 1\n"),
    Sample("mandatory of nothing", "%rec: a\n%mandatory:\n\nk: 2\n"),
    Sample("mandatory other case", "%rec: a\n%mandatory: K\n\nk: 1\n"),
    Sample("key missing", "%rec: a\n%key: k\n\nx: 1\n"),
    Sample("key repeated", "%rec: a\n%key: k\n\nk: 1\n\nk: 1\n"),
    Sample("key twice in a record", "%rec: a\n%key: k\n\nk: 1\nk: 2\n"),
    Sample("key of two fields", "%rec: a\n%key: k l\n\nk: 1\n", exception: "a key is one field"),
    Sample("two keys", "%rec: a\n%key: k\n%key: l\n\nk: 1\nl: 1\n"),
    Sample("keys differ in zeros", "%rec: a\n%key: k\n%type: k int\n\nk: 1\n\nk: 01\n"),
    Sample("no key", "%rec: a\n%key:\n\nk: 2\n"),
    Sample("unique broken", "%rec: a\n%unique: k\n\nk: 1\nk: 2\n"),
    Sample("unique held", "%rec: a\n%unique: k\n\nk: 1\n\nk: 1\n"),
    Sample("singular broken", "%rec: a\n%singular: k\n\nk: 1\n\nk: 1\n"),
    Sample("singular held", "%rec: a\n%singular: k\n\nk: 1\nk: 2\n"),
    Sample(
      "singular within a record", "%rec: a\n%singular: k\n\nk: 1\nk: 1\n",
      exception: "a repeated value is repeated, in one record too"),
    Sample("size broken", "%rec: a\n%size: 1\n\nk: 1\n\nk: 2\n"),
    Sample("size less", "%rec: a\n%size: < 1\n\nk: 1\n\nk: 2\n"),
    Sample("size at least", "%rec: a\n%size: >= 3\n\nk: 1\n\nk: 2\n"),
    Sample("size at most", "%rec: a\n%size: <=3\n\nk: 1\n\nk: 2\n"),
    Sample("size of none", "%rec: a\n%size: >= 3\n"),
    Sample("size equals sign", "%rec: a\n%size: == 3\n\nk: 1\n"),
    Sample("size word", "%rec: a\n%size: x\n\nk: 1\n"),
    Sample("size twice", "%rec: a\n%size: 1\n%size: 2\n\nk: 1\n\nk: 2\n"),
    Sample("allowed broken", "%rec: a\n%allowed: k\n\nl: 1\n"),
    Sample("allowed by mandatory", "%rec: a\n%allowed: k\n%mandatory: l\n\nl: 1\n"),
    Sample("allowed by key", "%rec: a\n%allowed: k\n%key: l\n\nl: 1\n"),
    Sample("not allowed by type", "%rec: a\n%allowed: k\n%type: l int\n\nl: 1\n"),
    Sample("not allowed by unique", "%rec: a\n%unique: k\n%allowed: m\n\nk: q\n"),
    Sample("prohibited", "%rec: a\n%prohibit: k\n\nk: 1\n"),
    Sample("prohibited and mandatory", "%rec: a\n%mandatory: k\n%prohibit: k\n\nk: q\n"),
    Sample("sort of two", "%rec: a\n%sort: k l\n\nk: 1\n"),
    Sample("sort twice", "%rec: a\n%sort: k\n%sort: l\n\nk: 2\n"),
    Sample("auto", "%rec: a\n%auto: k\n%key: k\n\nk: 2\n"),
    Sample("auto of a bool", "%rec: a\n%auto: k\n%type: k bool\n\nk: yes\n"),
    Sample("auto is not allowed", "%rec: a\n%auto: k\n%allowed: m\n\nm: q\n"),
    Sample("constraint broken", "%rec: a\n%constraint: k > 3\n\nk: 2\n"),
    Sample("confidential", "%rec: a\n%confidential: k\n\nk: 2\n"),
    Sample(
      "confidential without such a field", "%rec: a\n%confidential: q\n",
      exception: "refused in any case"),
    Sample("two docs", "%rec: a\n%doc: k\n%doc: m\n\nk: 2\n"),
    Sample("typedef chain", "%rec: a\n%typedef: T U\n%typedef: U int\n%type: x T\n\nx: q\n"),
    Sample("typedef circle", "%rec: a\n%typedef: T U\n%typedef: U T\n%type: x T\n\nx: q\n"),
    Sample("typedef of itself", "%rec: a\n%typedef: T T\n\nx: q\n"),
    Sample("typedef of nothing known", "%rec: a\n%typedef: T U\n%type: x T\n\nx: q\n"),
    Sample("typedef twice", "%rec: a\n%typedef: T int\n%typedef: T bool\n%type: x T\n\nx: 5\n"),
    Sample("typedef of a keyword", "%rec: a\n%typedef: int bool\n%type: x int\n\nx: yes\n"),
    Sample("typedef without type", "%rec: a\n%typedef: T\n\nk: 2\n"),
    Sample("typedef with more", "%rec: a\n%typedef: T int x\n\nk: 2\n"),
    Sample("typedef digit", "%rec: a\n%typedef: 1T int\n\nk: 1\n"),
    Sample("type later wins", "%rec: a\n%type: x int\n%type: x bool\n\nx: yes\n"),
    Sample("type of a list", "%rec: a\n%type: x,y int\n\nx: 9\ny: q\n"),
    Sample("type of a list with blank", "%rec: a\n%type: x, y int\n\nx: 9\ny: q\n"),
    Sample("type without type", "%rec: a\n%type: x\n\nx: 9\n"),
    Sample("unknown type", "%rec: a\n%type: x integer\n\nx: 9\n"),
    Sample(
      "rec type held", "%rec: b\n%key: k\n%type: k int\n\nk: 1\n\n%rec: a\n%type: x rec b\n\nx: 1\n"
    ),
    Sample(
      "rec type broken",
      "%rec: b\n%key: k\n%type: k int\n\nk: 1\n\n%rec: a\n%type: x rec b\n\nx: q\n"),
    Sample("rec type of nothing", "%rec: a\n%type: x rec zz\n\nx: 2\n"),
  ]
}

/// A type and values to try it with.
struct TypeSamples {
  let type: String
  let values: [String]
  var exceptions: [String: String] = [:]

  var samples: [Sample] {
    values.map {
      Sample(
        "\(type) of \($0.debugDescription)", "%rec: a\n%type: x \(type)\n\nx: \($0)\n",
        exception: exceptions[$0])
    }
  }
}

extension Sample {
  fileprivate static let types = [
    TypeSamples(
      type: "int",
      values: [
        "1.5", "0x1F", "017", " -5 ", "+5", "- 5", "", "99999999999999999999", "0x", "0X1f",
        "-0x1", "1\n+", "--1", "1 2",
      ]),
    TypeSamples(
      type: "bool", values: ["yes", "no", "true", "false", "0", "1", "YES", " yes ", "yes no", ""]),
    TypeSamples(type: "range 0 5", values: ["1", "0", "5", "6", "-1", " 3 ", "0x3", "x"]),
    TypeSamples(type: "range 5", values: ["3", "6", "-1"]),
    TypeSamples(type: "range MIN 5", values: ["-3", "6"]),
    TypeSamples(type: "range 5 MAX", values: ["30", "3"]),
    TypeSamples(type: "range 5 1", values: ["3"]),
    TypeSamples(type: "range -3 -1", values: ["-2", "0"]),
    TypeSamples(type: "range a b", values: ["1"]),
    TypeSamples(type: "range 1 2 3", values: ["1"]),
    TypeSamples(type: "range", values: ["1"]),
    TypeSamples(
      type: "real",
      values: [
        "1.5", "1,5", "1e5", ".5", "5.", "-1.5", " 2.5 ", "nan", "", "+2", ".", "-", "-.5", "1.2.3",
      ]),
    TypeSamples(type: "line", values: ["3", "3\n+ y", ""]),
    TypeSamples(type: "line q", values: ["3"]),
    TypeSamples(type: "int 5", values: ["3"]),
    TypeSamples(type: "size 3", values: ["abc", "abcd", "ôô", "ô"]),
    TypeSamples(type: "size 0x3", values: ["abc"]),
    TypeSamples(type: "size -3", values: ["abc"]),
    TypeSamples(type: "size", values: ["abc"]),
    TypeSamples(type: "regexp /b/", values: ["abc", "acc", ""]),
    TypeSamples(type: "regexp |^b$|", values: ["b", "abc", "a\n+ b"]),
    TypeSamples(type: "regexp /a.b/", values: ["a\n+ b"]),
    TypeSamples(type: "regexp /^[0-9]{1,3}(,[0-9]+)?$/", values: ["12", "12,5", "1234", "12,"]),
    TypeSamples(type: "regexp /^b$", values: ["b"]),
    TypeSamples(type: "regexp /^(b$/", values: ["b"]),
    TypeSamples(type: "regexp /a/b/", values: ["b"]),
    TypeSamples(type: "regexp /a/ foo", values: ["a"]),
    TypeSamples(type: "regexp //", values: ["a"]),
    TypeSamples(type: "regexp", values: ["a"]),
    TypeSamples(
      type: "date", values: ["2018-06-28", "28/6/2018", "tomorrow", "abc", "05/03/2020"],
      exceptions: [
        "28/6/2018": "recutils reads dates in American order",
        "tomorrow": "a date must have a digit",
      ]),
    TypeSamples(
      type: "enum a b (hai ba) bb",
      values: ["b", "c", "B", " b ", "hai", "", "bb", "b c"]),
    TypeSamples(type: "enum a\n+ b", values: ["b"]),
    TypeSamples(type: "enum đ", values: ["đ"]),
    TypeSamples(type: "enum 1 2-x so-ket a_b", values: ["so-ket", "a_b", "1"]),
    TypeSamples(type: "enum (c) a(d) (e) b", values: ["a", "b", "c"]),
    TypeSamples(type: "enum", values: ["a"]),
    TypeSamples(type: "enum a (b", values: ["a"]),
    TypeSamples(type: "enum a b)", values: ["a"]),
    TypeSamples(type: "enum a (b (c) d) e", values: ["a"]),
    TypeSamples(type: "enum (c)", values: ["a"]),
    TypeSamples(type: "enum _a", values: ["_a"]),
    TypeSamples(type: "field", values: ["ab", "a b", " ab ", "1a", "%a", "a:"]),
    TypeSamples(
      type: "email",
      values: [
        "a@b", "a b@c.vn", "foo", "a@", "@b", " a@b.vn ", "a@b@c.vn", "đ@b.vn", "a.b@x-y.gov.vn",
        "a@b.museum", "a+b@c.vn", "a_b%c@b.vn", "a@b_c.vn", "a@b.VN", "a@b..vn",
      ]),
    TypeSamples(
      type: "uuid",
      values: [
        "550e8400-e29b-41d4-a716-446655440000", "550E8400-E29B-41D4-A716-446655440000",
        "550e8400e29b41d4a716446655440000", "x", " 550e8400-e29b-41d4-a716-446655440000",
      ]),
    TypeSamples(type: "rec", values: ["1"]),
    TypeSamples(type: "rec b c", values: ["1"]),
  ]
}
