import Testing
import Texts
import Vietnamese

/// Hours as documents write them.
@Suite struct HourTests {
  @Test(arguments: [
    ("14 giờ 30", ["14:30"]), ("08 giờ 00 phút", ["8:0"]), ("8 giờ", ["8:0"]),
    ("7 giờ rưỡi", ["7:30"]), ("14h30", ["14:30"]), ("14h", ["14:0"]), ("8g15", ["8:15"]),
    ("14:05", ["14:5"]), ("08 giờ 00 - 08 giờ 15", ["8:0", "8:15"]), ("8h–9h30", ["8:0", "9:30"]),
    ("từ 8 giờ đến 11 giờ 30, ngày 20/8/2026", ["8:0", "11:30"]),
    ("08 giờ 20/8/2026", ["8:0"]), ("25 giờ 70", ["25:70"]), ("24 giờ", ["24:0"]),
    ("20/8/2026", []), ("8 học sinh", []), ("100 giờ", []), ("tháng 8", []), ("", []),
    ("8 giờ 15p", ["8:15"]), ("8 giờ 15 người", ["8:15"]),
  ])
  func hoursAreRead(text: String, wanted: [String]) {
    #expect(Text(text).writtenHours.map { "\($0.hour):\($0.minute)" } == wanted)
  }

  @Test func aDayHasItsHours() {
    let hours = Text("0 giờ; 23 giờ 59; 24 giờ; 24 giờ 01; 8 giờ 60; 25 giờ").writtenHours
    #expect(hours.map(\.isOfDay) == [true, true, true, false, false, false])
  }
}
