import CaseFiles
import Diagnostics
import Texts
import Records
import Testing

private func read(_ bytes: [UInt8]) -> (database: Database, problems: [Diagnostic]) {
  var problems: [Diagnostic] = []
  var database = Database.read(Source(name: "x.rec", bytes: []), into: &problems)
  let seconds = threadSeconds {
    database = Database.read(Source(name: "x.rec", bytes: bytes), into: &problems)
  }
  #expect(seconds < 20)
  return (database, problems)
}

private func contents(_ database: Database) -> [[[String]]] {
  database.recordSets.flatMap { set in
    ([set.descriptorRecord].compactMap { $0 } + Array(set.records)).map { record in
      record.fields.map { [$0.name.string, $0.value.string] }
    }
  }
}

private func comments(_ bytes: [UInt8]) -> [String] {
  String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    .map { String($0.drop { $0 == " " || $0 == "\t" }) }.filter { $0.hasPrefix("#") }
}

@Suite struct PropertyTests {
  @Test func writingKeepsNamesValuesAndComments() {
    var random = FixedRandom(seed: 1)
    let values = [
      "", " ", "a", "a ", " a", "+", "#", "x\\", "\\", "a\nb", "\n", "\n\n", "a\\\nb", "a: b",
      "Ủy ban\n+ nhân dân", "\\\n", "a\n",
    ]
    for _ in 0..<2000 {
      var writer = Writer()
      var wanted: [[[String]]] = []
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        var record: [[String]] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let name = ["a", "b1", "Người ký", "c_d"].randomElement(using: &random) ?? "a"
          let value = values.randomElement(using: &random) ?? ""
          if Bool.random(using: &random) { writer.writeComment(Array("# c".utf8)[...]) }
          writer.writeField(name: Array(name.utf8)[...], value: Array(value.utf8)[...])
          record.append([name, value])
        }
        writer.endBlock()
        wanted.append(record)
      }
      let (database, problems) = read(writer.bytes)
      #expect(problems.isEmpty)
      #expect(contents(database) == wanted)
      #expect(database.written() == writer.bytes)
    }
  }

  @Test(arguments: Sample.all) func bytesAreThoseOfTheValues(_ sample: Sample) {
    let database = sample.database
    let bytes = DatabaseBytes(database)
    #expect(bytes.setCount == database.recordSets.count)
    for (index, set) in database.recordSets.enumerated() {
      #expect(bytes.type(ofSet: index)?.text == set.type)
      let numbers = bytes.records(ofSet: index)
      #expect(Array(numbers) == Array(set.records.indices))
      for (number, record) in zip(numbers, set.records) {
        let (shape, fields) = bytes.shapeAndFields(ofRecord: number)
        #expect(shape == record.shape && fields.lowerBound == record.firstField)
        let values = RecordBytes(bytes, firstField: fields.lowerBound)
        #expect(FormNames(record).areThose(of: values, count: fields.count))
        #expect(database.record(number).text == record.text)
        for (offset, field) in record.fields.enumerated() {
          #expect(values[offset].text == field.value)
        }
      }
    }
  }

  @Test(arguments: Sample.all) func writingIsIdempotent(_ sample: Sample) {
    let once = read(Array(sample.text.utf8)).database.written()
    let again = read(once).database
    #expect(again.written() == once)
    #expect(contents(again) == contents(sample.database))
    if sample.isReadable, !sample.text.contains("\\") {
      #expect(comments(once).count == comments(Array(sample.text.utf8)).count)
    }
  }

  @Test func randomEditsNeverCrash() {
    var random = FixedRandom(seed: 2)
    let alphabet = Array("a:%+#\\ \n\t=-ư：rec typedef".utf8)
    for sample in Sample.all {
      for _ in 0..<30 {
        var bytes = Array(sample.text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0...bytes.count, using: &random)
          let byte = alphabet.randomElement(using: &random) ?? 0
          if Bool.random(using: &random), place < bytes.count {
            bytes.remove(at: place)
          } else {
            bytes.insert(byte, at: place)
          }
        }
        let (database, problems) = read(bytes)
        for problem in problems + database.check(with: []) {
          #expect(!problem.message(in: .english).isEmpty)
        }
        let once = database.written()
        #expect(read(once).database.written() == once)
      }
    }
  }
}

@Suite struct HostileInputTests {
  @Test func oneLineOfAMegabyte() {
    let value = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    let (database, problems) = read(Array("a: ".utf8) + value)
    #expect(problems.isEmpty)
    #expect(database.recordSets[0].records[0].field("a")?.value.count == 1 << 20)
    #expect(read(value).problems.count == 1)
  }

  @Test func aHundredThousandRecords() {
    let bytes = Array((0..<100_000).map { "a: \($0)\n\n" }.joined().utf8)
    let (database, problems) = read(Array("%rec: r\n%key: a\n%type: a int\n\n".utf8) + bytes)
    #expect(problems.isEmpty)
    #expect(database.recordSets[0].records.count == 100_000)
    #expect(database.check(with: []).isEmpty)
  }

  @Test func aHundredThousandShapes() {
    let bytes = Array((0..<100_000).map { "a\($0): x\n\n" }.joined().utf8)
    let shapes = Set(read(bytes).database.recordSets[0].records.map(\.shape))
    #expect(shapes.count == 100_000)
  }

  @Test func plusStorms() {
    let storm = Array(String(repeating: "+\n", count: 500_000).utf8)
    #expect(read(storm).problems.count == 1)
    let (database, problems) = read(Array("a: x\n".utf8) + storm)
    #expect(problems.isEmpty)
    #expect(database.recordSets[0].records[0].field("a")?.value.count == 500_001)
  }

  @Test func joinStorm() {
    let storm = Array(String(repeating: "\\\n", count: 500_000).utf8)
    #expect(read(Array("a: x".utf8) + storm).problems.isEmpty)
  }

  @Test func typedefCircleOfThousands() {
    let count = 20_000
    let typedefs = (0..<count).map { "%typedef: T\($0) T\(($0 + 1) % count)\n" }.joined()
    let (database, _) = read(Array(("%rec: a\n" + typedefs + "%type: x T5\n\nx: 1\n").utf8))
    #expect(database.check(with: []).count == 1)
  }

  @Test func thousandsOfSets() {
    let sets = (0..<20_000).map { "%rec: t\($0)\n\n" }.joined()
    #expect(read(Array((sets + sets).utf8)).problems.count == 20_000)
  }
}
