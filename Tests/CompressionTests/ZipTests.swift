import Compression
import Foundation
import TestSupport
import Testing
import Workbench

/// Reads a zip file whole: the names of its members with their bytes.
func unzip(_ file: [UInt8], block: Int = 7, room: Int = 11) throws(Diagnostic) -> [(name: String, bytes: [UInt8])] {
  let end = try ZipEnd(tail: Array(file.suffix(ZipEnd.longest)), fileBytes: file.count)
  let directory = try ZipDirectory(Array(file[end.directory]), end: end)
  var members: [(name: String, bytes: [UInt8])] = []
  for member in directory.members {
    let data = try member.data(localHeader: Array(file[member.place].prefix(member.localHeaderBytes)))
    members.append((member.name, try contents(of: member, Array(file[data]), block: block, room: room)))
  }
  return members
}

private func contents(
  of member: ZipMember, _ stored: [UInt8], block: Int, room: Int
) throws(Diagnostic) -> [UInt8] {
  var decoder = try ZipMemberDecoder(member)
  var output: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: room)
  var start = 0
  while true {
    let input = Array(stored[start..<min(start + block, stored.count)])
    start += input.count
    var range = 0..<input.count
    while true {
      let count = try decoder.decode(input, &range, into: &buffer, from: 0)
      output += buffer[..<count]
      if count < buffer.count { break }
    }
    if input.isEmpty {
      try decoder.finish()
      return output
    }
  }
}

func refusal(_ file: [UInt8]) throws -> Diagnostic {
  try #require(#expect(throws: Diagnostic.self) { try unzip(file) })
}

@Suite struct ZipTests {
  private let text = sample(5_000)
  private var squeezed: ZipFixture.Member { ZipFixture.Member("data/a.csv", text, deflated: deflated(text)) }

  @Test(arguments: [false, true]) func readsStoredAndDeflatedMembersInTheirOrder(isLarge: Bool) throws {
    var zip = ZipFixture([squeezed, .init("z.csv", "id\n"), .init("b/", ""), .init("empty.csv", "")])
    zip.comment = Array("a comment".utf8)
    zip.isLarge = isLarge
    for index in zip.members.indices { zip.members[index].isLarge = isLarge }
    for (block, room) in [(7, 11), (1, 1), (1 << 16, 1 << 16)] {
      let members = try unzip(zip.file, block: block, room: room)
      #expect(members.map(\.name) == ["data/a.csv", "z.csv", "b/", "empty.csv"])
      #expect(members.map(\.bytes) == [text, Array("id\n".utf8), [], []])
    }
  }

  @Test func readsAnEmptyArchive() throws {
    #expect(try unzip(ZipFixture([]).file).isEmpty)
  }

  @Test func readsSizesThatFollowTheData() throws {
    var member = squeezed
    member.flags |= 1 << 3
    member.changesHeader = { $0.replaceSubrange(14..<26, with: [UInt8](repeating: 0, count: 12)) }
    for number in [0x0807_4B50, member.crc, member.storedBytes, member.bytes] { member.stored += little(number, 4) }
    #expect(try unzip(ZipFixture([member, .init("b.csv", "x")]).file).map(\.bytes) == [text, [120]])
  }

  @Test func readsNamesOfTheFirstZipPrograms() throws {
    var member = ZipFixture.Member("", "x")
    member.name = [0x87, 0x61, 0xE1]
    member.flags = 0
    #expect(try unzip(ZipFixture([member]).file).map(\.name) == ["çaß"])
  }

  @Test func refusesEncryptedMembers() throws {
    for (flags, method) in [(1, 8), (1 | 1 << 6, 8), (0, 99), (1 << 13, 8)] {
      var member = squeezed
      (member.flags, member.method) = (flags, method)
      let problem = try refusal(ZipFixture([member]).file)
      #expect(problem.id == "input.unsupported-zip")
      #expect(problem.message == "the zip file cannot be read: 'data/a.csv' is encrypted")
      #expect(problem.exit == .noInput)
    }
  }

  @Test(arguments: [(9, "deflate64"), (12, "bzip2"), (14, "lzma"), (93, "zstd"), (6, "implode"), (77, "method 77")])
  func refusesOtherMethodsByName(method: Int, name: String) throws {
    var member = squeezed
    member.method = method
    let problem = try refusal(ZipFixture([member]).file)
    #expect(problem.id == "input.unsupported-zip")
    #expect(problem.message == "the zip file cannot be read: 'data/a.csv' is compressed by \(name), not by deflate")
  }

  @Test func refusesArchivesInSeveralParts() throws {
    var zip = ZipFixture([squeezed])
    zip.changesEnd = { $0[4] = 1 }
    #expect(try refusal(zip.file).message == "the zip file cannot be read: it is one of several parts")
    zip.changesEnd = { $0[8] = 0 }
    #expect(try refusal(zip.file).id == "input.unsupported-zip")
    zip.changesEnd = { _ in }
    zip.members[0].changesEntry = { $0[34] = 2 }
    #expect(try refusal(zip.file).id == "input.unsupported-zip")
    zip.isLarge = true
    zip.changesEnd = { $0[56 + 16] = 2 }
    #expect(try refusal(zip.file).id == "input.unsupported-zip")
  }

  @Test func refusesMoreMembersThanAreRead() throws {
    var zip = ZipFixture([])
    zip.isLarge = true
    zip.changesEnd = { end in
      for place in [24, 32] { end.replaceSubrange(place..<place + 8, with: little(ZipEnd.mostMembers + 1, 8)) }
    }
    let problem = try refusal(zip.file)
    #expect(problem.message == "the zip file cannot be read: it has 1048561 members, and 1048560 are read at most")
  }

  /// Name, method, encryption, checksum and both sizes stand in both headers.
  @Test(arguments: [30, 8, 6, 14, 18, 22, 26, 0]) func refusesHeadersThatDisagree(place: Int) throws {
    var member = squeezed
    member.changesHeader = { $0[place] ^= 1 }
    #expect(try refusal(ZipFixture([member]).file).id == "input.damaged-zip")
    member = squeezed
    member.isLarge = true
    member.changesHeader = { $0[30 + 10 + 4] ^= 1 }
    #expect(try refusal(ZipFixture([member]).file).id == "input.damaged-zip")
  }

  @Test func refusesMembersThatShareBytes() throws {
    // Two entries of the directory for one member, as in the flat bombs.
    var twin = ZipFixture.Member("b.csv", [])
    let first = ZipFixture.Member("a.csv", [UInt8](repeating: 65, count: 100))
    twin.changesEntry = { $0.replaceSubrange(42..<46, with: little(0, 4)) }
    #expect(
      try refusal(ZipFixture([first, twin]).file).message
        == "the zip file is damaged: 'a.csv' shares bytes with another member or with the directory")
    // A member that claims the bytes of the next one.
    var greedy = first
    greedy.changesEntry = { entry in
      entry.replaceSubrange(20..<24, with: little(110, 4))
      entry.replaceSubrange(24..<28, with: little(110, 4))
    }
    #expect(try refusal(ZipFixture([greedy, .init("b.csv", "x")]).file).id == "input.damaged-zip")
    // One whose own header leaves less room than the directory counts with.
    var late = first
    late.changesHeader = { $0[28] = 1 }
    #expect(
      try refusal(ZipFixture([late]).file).message == "the zip file is damaged: 'a.csv' reaches into what follows it")
  }

  @Test func refusesADirectoryThatLiesAboutSizes() throws {
    for difference in [-1, 1] {
      var member = squeezed
      member.bytes += difference
      #expect(try refusal(ZipFixture([member]).file).id == "input.damaged-zip")
      member = squeezed
      member.storedBytes += difference
      if difference > 0 { member.stored.append(0) }
      #expect(try refusal(ZipFixture([member]).file).id == "input.damaged-zip")
      var stored = ZipFixture.Member("a.csv", text)
      stored.bytes += difference
      #expect(try refusal(ZipFixture([stored]).file).message.contains("has two sizes"))
    }
  }

  @Test(arguments: [false, true]) func refusesAWrongChecksum(isDeflated: Bool) throws {
    var member = isDeflated ? squeezed : ZipFixture.Member("data/a.csv", text)
    member.crc ^= 1
    let problem = try refusal(ZipFixture([member]).file)
    #expect(problem.message == "the zip file is damaged: the checksum of 'data/a.csv' does not hold")
  }

  @Test func refusesNamesThatCannotBe() throws {
    var member = ZipFixture.Member("a\0.csv", "x")
    #expect(try refusal(ZipFixture([member]).file).message.contains("has a NUL"))
    member.name = []
    #expect(try refusal(ZipFixture([member]).file).message == "the zip file is damaged: a member has no name")
    let twins = ZipFixture([.init("a.csv", "x"), .init("a.csv", "y")])
    #expect(try refusal(twins.file).message == "the zip file is damaged: two members have the name 'a.csv'")
  }

  @Test func refusesTwoEnds() throws {
    var zip = ZipFixture([squeezed])
    zip.comment = ZipFixture([]).file
    #expect(try refusal(zip.file).message.contains("two ends"))
  }

  @Test func refusesWhatStandsBeforeTheArchive() throws {
    // Offsets count from the archive's beginning, the members lie further on: readers disagree about such files.
    #expect(try refusal([1, 2, 3] + ZipFixture([squeezed]).file).message.contains("does not lie where its end says"))
    var zip = ZipFixture([squeezed])
    zip.prefix = [1, 2, 3]
    #expect(try unzip(zip.file).map(\.bytes) == [text])
  }

  @Test(arguments: [false, true]) func refusesEveryTruncation(isLarge: Bool) throws {
    var zip = ZipFixture([.init("a.csv", "id\n1\n"), .init("b.csv", "x")])
    zip.isLarge = isLarge
    let file = zip.file
    for length in 0..<file.count { #expect(try refusal(Array(file[..<length])).exit == .noInput, "\(length)") }
  }

  @Test func refusesABombBeforeAnyOfItIsRead() throws {
    let zeros = [UInt8](repeating: 0, count: 70 << 20)
    let stream = try #require(deflated(zeros))
    var member = ZipFixture.Member("a.csv", [], deflated: stream)
    (member.bytes, member.crc) = (zeros.count, Int(crc32(zeros)))
    #expect(try refusal(ZipFixture([member]).file).id == "input.bomb")
    // One that hides its size is stopped where it becomes larger than it says.
    member.bytes = 1000
    #expect(try refusal(ZipFixture([member]).file).message.contains("is larger than the 1000 bytes"))
    // Within 64 MiB, anything goes.
    let fewer = Array(zeros[..<(60 << 20)])
    let small = ZipFixture.Member("a.csv", fewer, deflated: deflated(fewer))
    #expect(try unzip(ZipFixture([small]).file, block: 1 << 16, room: 1 << 20)[0].bytes.count == fewer.count)
  }

  @Test func limitsGrowthByRatioAndBySize() throws {
    #expect(throws: Never.self) { try Growth.check(stored: 1, bytes: Growth.freeBytes) }
    #expect(throws: Diagnostic.self) { try Growth.check(stored: 1, bytes: Growth.freeBytes + 1) }
    #expect(throws: Never.self) { try Growth.check(stored: Growth.largestBytes, bytes: Growth.largestBytes) }
    #expect(throws: Diagnostic.self) { try Growth.check(stored: Growth.largestBytes, bytes: Growth.largestBytes + 1) }
  }

  @Test(arguments: 0..<200) func survivesRandomDamage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var zip = ZipFixture([
      squeezed, .init("b.csv", "id,date\n1,2021\n"), .init("c/", ""), .init("d.csv", sample(40, seed: seed)),
    ])
    zip.isLarge = seed % 3 == 0
    for index in zip.members.indices where seed % 5 == 0 { zip.members[index].isLarge = true }
    let sound = try unzip(zip.file).map(\.bytes)
    var file = zip.file
    let headers = file.count - 500..<file.count
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place =
        Bool.random(using: &random)
        ? Int.random(in: headers, using: &random) : Int.random(in: 0..<file.count, using: &random)
      let value =
        [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
      file[place] = value
    }
    if Bool.random(using: &random) { file.removeLast(Int.random(in: 0..<60, using: &random)) }
    if Bool.random(using: &random) {
      file.insert(0x50, at: Int.random(in: headers.lowerBound..<file.count, using: &random))
    }
    // What is read after all is what was written, unless names or what says how a member is stored was hit.
    do throws(Diagnostic) {
      for (bytes, own) in Swift.zip(try unzip(file).map(\.bytes), sound) where bytes.count == own.count {
        #expect(bytes == own)
      }
    } catch {
      #expect(error.exit == .noInput)
    }
  }

  @Test(arguments: 0..<100) func survivesAnyBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let signatures: [[UInt8]] = [
      little(0x0403_4B50, 4), little(0x0201_4B50, 4), little(0x0605_4B50, 4), little(0x0606_4B50, 4),
      little(0x0706_4B50, 4), [0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0],
    ]
    var file: [UInt8] = []
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      file += signatures.randomElement(using: &random) ?? []
      file += (0..<Int.random(in: 0...24, using: &random)).map { _ in
        Int.random(in: 0...3, using: &random) > 0 ? 0 : UInt8.random(in: 0...255, using: &random)
      }
    }
    // An end that fits makes the parsing go on.
    file += little(0x0605_4B50, 4) + little(0, 4) + little(1, 2) + little(1, 2)
    let bytes = min(file.count - 12, Int.random(in: 46...120, using: &random))
    file += little(max(0, bytes), 4) + little(max(0, file.count - 12 - bytes), 4) + little(0, 2)
    do throws(Diagnostic) { _ = try unzip(file) } catch { #expect(error.exit == .noInput) }
  }
}
