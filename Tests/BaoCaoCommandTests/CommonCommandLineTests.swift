import ArgumentParser
import Testing

@testable import BaoCaoCommand

/// A command line that is read without the argument parser asks for what the parser makes of it.
@Suite struct CommonCommandLineTests {
  @Test(arguments: [
    "render a.rec", "render a b.rec --jobs 2", "render a --mau so-ket --to html -o x --nhap",
    "render --output x a --to markdown,html,text", "render a --templates T", "render - a",
  ])
  func readsRenderAlike(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let common = try #require(BaoCao.commonJob(words) as? RenderJob)
    let parsed = try #require(try BaoCao.parseAsRoot(words) as? Render)
    #expect(common == parsed.job)
  }

  @Test(arguments: [
    "check a.rec b", "check --json a", "check a --quy-dinh --templates T",
    "check a --json --quy-dinh",
  ])
  func readsCheckAlike(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let common = try #require(BaoCao.commonJob(words) as? CheckJob)
    let parsed = try #require(try BaoCao.parseAsRoot(words) as? Check)
    #expect(common == parsed.job)
  }

  @Test(arguments: [
    "fill a b", "fill a - -o -", "fill a b --to text --jobs 3", "fill --output x a b --to html",
  ])
  func readsFillAlike(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let common = try #require(BaoCao.commonJob(words) as? FillJob)
    let parsed = try #require(try BaoCao.parseAsRoot(words) as? Fill).job
    #expect(
      (common.template, common.data, common.jobs) == (parsed.template, parsed.data, parsed.jobs))
    #expect(common.output == parsed.output && common.format == parsed.format)
  }

  @Test(arguments: [
    "", "render", "render --help", "render a --to odt", "render a --to", "render a --jobs x",
    "render a -o b -o c", "render a -ox", "render a --output=b", "render a -- b",
    "render a --nhap --nhap",
    "check", "check a --jsn", "fill a", "fill a b c", "fill a b --escape none", "fill a b -o --to",
    "kinds", "rende a", "--help",
  ])
  func leavesTheRestToTheParser(_ line: String) {
    let words = line.split(separator: " ").map(String.init)
    #expect(BaoCao.commonJob(words).map { "\($0)" } == nil)
  }
}
