import Foundation
import Reports
import Testing

@testable import Site

/// The programs that make pictures smaller, as far as they are installed.
@Suite struct ScaledPictureTests {
  private static let imageMagick = PictureTool.find(among: PictureTool.imageMagick)
  private static let vips = PictureTool.find(among: ["vipsthumbnail"])

  /// A photograph of 600 × 400, which a camera held upright wrote with its place.
  private static func photograph() throws -> [UInt8]? {
    guard let imageMagick else { return nil }
    let file = NSTemporaryDirectory() + "photograph-\(UUID().uuidString).jpg"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: imageMagick.program)
    process.arguments = ["-size", "600x400", "gradient:red-blue", file]
    try process.run()
    process.waitUntilExit()
    let plain = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    return Array(plain.prefix(2))
      + CleanPictureTests.segment(0xE1, CleanPictureTests.exif(orientation: 6))
      + Array(plain.dropFirst(2))
  }

  private static func check(_ tool: PictureTool?) throws {
    guard let tool, let photograph = try photograph() else { return }
    #expect(String(decoding: photograph, as: UTF8.self).contains("21.0285"))
    let small = try #require(tool.scaled(photograph, "jpg", to: 100))
    let text = String(decoding: small, as: UTF8.self)
    #expect(!text.contains("21.0285") && !text.contains("Exif"))
    let size = try #require(PictureSize(of: small))
    #expect(size.width == 100 && size.height == 150)
    #expect(!CleanPicture.isTurned(small))
  }

  @Test(
    "ImageMagick makes a photograph smaller, upright and without its place",
    .enabled(if: imageMagick != nil, "ImageMagick is not installed"))
  func smallerByImageMagick() throws { try Self.check(Self.imageMagick) }

  @Test(
    "libvips does the same",
    .enabled(if: vips != nil && imageMagick != nil, "libvips-tools or ImageMagick is missing"))
  func smallerByVips() throws { try Self.check(Self.vips) }

  @Test(
    "a picture that cannot be read is not made smaller",
    .enabled(if: imageMagick != nil, "ImageMagick is not installed"))
  func damaged() { #expect(Self.imageMagick?.scaled(Array("no".utf8), "jpg", to: 100) == nil) }
}
