import EventModel
import Foundation
import JSONText
import ProcessPlugins
import TestSupport
import Testing
import Workbench

/// What a program gives is checked before anything is published; each fault has a problem of its own.
@Suite struct ProcessRunTests {
  private func run(_ program: CountingProgram, list: String = "[{exec: tools/x, as: x, time_limit: 600}]") async throws
    -> Diagnostic?
  {
    let bench = try ProgramBench(program.text)
    let problem = await bench.problem { () async throws(Diagnostic) in
      try await bench.analyze(someEvents(), list: list)
    }
    #expect(bench.leftOver.isEmpty)
    #expect(problem == nil || problem?.exit == .plugin)
    return problem
  }

  @Test func tablesComeBackSortedByKeyWithFindings() async throws {
    var program = CountingProgram()
    program.rows = "rows = [('b', 2), ('a', 1), ('', 7)]"
    program.after = """
      say(type='progress', done=1, total=2)
      say(type='log', message='half'); say(type='from-the-future', x=[1])
      say(type='warning', message='few events', hint='take more')
      say(type='finding', sentence='A has one.', strength='weak', numbers={'n': 1}, events=['e1'])
      """
    let bench = try ProgramBench(program.text)
    let result = try await bench.analyze(someEvents())
    let table = try #require(result["counts"])
    #expect((0..<table.count).map { table.row($0) } == [[.null, 7], ["a", 1], ["b", 2]])
    #expect(result.findings == [Finding("A has one.", numbers: ["n": 1], strength: .weak, events: ["e1"])])
    #expect(bench.warnings.all.map(\.message) == ["'x': few events"])
    #expect(bench.leftOver.isEmpty)
  }

  @Test func eventsArriveAsTheyAre() async throws {
    let result = try await ProgramBench(CountingProgram().text).analyze(someEvents(7))
    let table = try #require(result["counts"])
    #expect((0..<3).map { table.row($0) } == [["Pakistan", 2], ["TTP", 3], ["Taliban", 2]])
    let none = try await ProgramBench(CountingProgram().text).analyze(someEvents(0))
    #expect(none["counts"]?.count == 0)
  }

  @Test func theEnvironmentIsBare() async throws {
    var program = CountingProgram()
    program.rows =
      "rows = [(name, 1) for name in sorted(os.environ) if name != 'LC_CTYPE' and not name.startswith('PYENV')]"
    let bench = try ProgramBench(program.text)
    let result = try await bench.analyze(someEvents(), list: "[{exec: tools/x, as: x, environment: [HOME, NO_SUCH_7]}]")
    let table = try #require(result["counts"])
    let found = Set((0..<table.count).compactMap { table.row($0)[0].text })
    #expect(found.isSuperset(of: ["LANG", "PATH", "TZ"]), "\(found)")
    // A python3 that is a shim of pyenv is a script of bash, which adds variables of its own.
    let added: Set = ["HOME", "LANG", "PATH", "TZ", "PWD", "OLDPWD", "SHLVL", "_"]
    let leaked = found.intersection(ProcessInfo.processInfo.environment.keys).subtracting(added)
    #expect(leaked.isEmpty, "\(leaked)")
  }

  @Test(arguments: [
    ("print('hello')", "process.bad-message"), ("print('[1]')", "process.bad-message"),
    ("sys.stdout.buffer.write(b'{\"type\": \"log\", \"message\": \"\\xff\"}\\n')", "process.bad-message"),
    ("print('x' * 100_000_000)", "process.bad-message"), ("say(type='done')", "process.bad-message"),
    ("say(type='table', name='other', path='counts.csv', rows=3)", "process.bad-output"),
    ("say(type='table', name='counts', path='counts.csv', rows=3)", "process.bad-output"),
    ("say(type='finding', sentence='x')", "process.bad-message"),
    ("sys.exit(3)", "process.failed"), ("sys.exit(0)", "process.failed"),
    ("os.kill(os.getpid(), signal.SIGSEGV)", "process.failed"),
    ("say(type='error', message='needs more rows', hint='take more'); sys.exit(1)", "process.failed"),
  ]) func aFaultBeforeTheEndIsNamed(_ code: String, _ expected: String) async throws {
    #expect(try await run(CountingProgram(after: code))?.id == expected)
  }
  @Test(arguments: [
    ("say(type='done'); sys.exit(2)", "process.failed"), ("say(type='done'); print('bye')", "process.bad-message"),
    ("pass", "process.failed"),
  ]) func theEndMustBeDone(_ code: String, _ expected: String) async throws {
    #expect(try await run(CountingProgram(done: code))?.id == expected)
  }
  @Test func theProblemSaysWhatTheProgramSaid() async throws {
    let problem = try await run(
      CountingProgram(
        after: """
          for n in range(60): print('line', n, file=sys.stderr)
          say(type='error', message='needs more rows', hint='take more', parameter='least'); sys.exit(1)
          """))
    #expect(problem?.message == "'x' needs more rows")
    #expect(problem?.hint == "take more")
    #expect(problem?.parameter == "least")
    #expect(problem?.notes == (10..<60).map { "line \($0)" })
  }
  @Test(arguments: [
    ("len(rows) + 1", "actor,events", "rows = [('a', 1)]", "process.wrong-count"),
    ("len(rows)", "actor,number", "rows = [('a', 1)]", "process.bad-output"),
    ("len(rows)", "actor,events,more", "rows = [('a', 1, 2)]", "process.bad-output"),
    ("len(rows)", "actor,events", "rows = [('a', 1.5)]", "process.bad-output"),
    ("len(rows)", "actor,events", "rows = [('a', 1), ('b', 1), ('a', 2)]", "process.bad-output"),
    ("len(rows)", "actor,events", "rows = [('a', 1), ('b', 1, 2)]", "process.bad-output"),
  ]) func aTableMustBeAsPromised(_ count: String, _ header: String, _ rows: String, _ expected: String) async throws {
    #expect(try await run(CountingProgram(rows: rows, header: header, count: count))?.id == expected)
  }
  @Test func aTableThatIsNoTextOrALinkIsRefused() async throws {
    let notText = "open(request['output'] + '/counts.csv', 'wb').write(b'actor,events\\n\\xff,1\\n')"
    #expect(try await run(CountingProgram(count: "1", after: notText))?.id == "process.bad-output")
    let link =
      "os.remove(request['output'] + '/counts.csv'); os.symlink('/etc/hostname', request['output'] + '/counts.csv')"
    #expect(try await run(CountingProgram(count: "1", after: link))?.id == "process.bad-output")
  }

  @Test func aProgramThatIgnoresSIGTERMIsKilledWithWhatItStarted() async throws {
    let bench = try ProgramBench()
    var program = CountingProgram()
    program.before = """
      signal.signal(signal.SIGTERM, signal.SIG_IGN)
      child = os.fork()
      if child == 0: time.sleep(100000)
      open('\(bench.url.path)/child', 'w').write(str(child))
      time.sleep(100000)
      """
    try bench.write(program.text, "tools/x", isExecutable: true)
    let problem = await bench.problem { () async throws(Diagnostic) in
      try await bench.analyze(someEvents(), list: "[{exec: tools/x, as: x, time_limit: 15}]")
    }
    #expect(problem?.id == "process.time-limit")
    let child = try #require(Int(try bench.text("child")))
    #expect(try await isOver(child))
  }
  /// Whether a process is over, or is so within a second; nobody may have asked yet how it ended.
  private func isOver(_ process: Int) async throws -> Bool {
    for _ in 0..<20 {
      let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      if status?.contains(") Z ") ?? true { return true }
      try await Task.sleep(for: .milliseconds(50))
    }
    return false
  }

  @Test func anInterruptedRunEndsTheProgram() async throws {
    let start = ContinuousClock.now
    let bench = try ProgramBench(CountingProgram(before: "time.sleep(100000)").text)
    let problem = await bench.problem { () async throws(Diagnostic) in
      try await bench.analyze(someEvents(), isCancelled: { start.duration(to: .now) > .milliseconds(700) })
    }
    #expect(problem?.exit == .interrupted)
  }

  @Test func aProgramThatWritesMuchToBothOutputsDoesNotStick() async throws {
    let noise = "for n in range(20000): print('x' * 100, file=sys.stderr); say(type='progress', done=n)"
    #expect(try await run(CountingProgram(after: noise)) == nil)
  }
}
