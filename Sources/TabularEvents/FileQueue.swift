import DelimitedText
import Synchronization
import Workbench

/// The files of an input, opened in their order and read at the same time.
///
/// A worker takes a file of its own while there are any not opened; then it helps with one that others read. So no more
/// files are open than there are workers, and one that is slow, because it is compressed, keeps no one waiting.
final class FileQueue: Sendable {
  /// A file to take blocks of.
  struct Job: Sendable {
    var number: Int
    var part: InputPart
    var reader: DelimitedReader
    var parser: BlockParser
    var assembly: Assembly
    /// Which of those that read it the worker is.
    var worker: Int
    var stopsAtBadRow: Bool
  }
  private struct State {
    var files: [OpenedFile] = []
    /// What kept the next file from being opened.
    var failure: Diagnostic?
    /// The first file known not to be good: none after it matters.
    var firstBad = Int.max
    /// How many bytes the files opened have, and how many of them have been read.
    var storedBytes = 0
    var storedBytesRead = 0
  }
  private let count: Int
  private let state = Mutex(State())

  /// Makes a queue of files none of which is open.
  init(count: Int) { self.count = count }

  /// A file to take blocks of; nil when all are done.
  /// - Parameter open: opens the file of a number.
  func take(_ open: (Int) throws(Diagnostic) -> OpenedFile) -> Job? {
    state.withLock { state in
      if state.files.count < min(count, state.firstBad) {
        do throws(Diagnostic) {
          let file = try open(state.files.count)
          state.storedBytes += file.storedBytes
          state.files.append(file)
          return Self.join(&state, state.files.count - 1)
        } catch {
          state.failure = error
          state.firstBad = state.files.count
        }
      }
      let unfinished = state.files.indices.filter { state.files[$0].reader != nil && $0 < state.firstBad }
      let files = state.files
      return unfinished.min { files[$0].workerCount < files[$1].workerCount }.flatMap { Self.join(&state, $0) }
    }
  }
  private static func join(_ state: inout State, _ number: Int) -> Job? {
    guard let reader = state.files[number].reader else { return nil }
    let file = state.files[number]
    state.files[number].workerCount += 1
    state.files[number].joined += 1
    return Job(
      number: number, part: file.part, reader: reader, parser: file.parser, assembly: file.assembly,
      worker: file.joined, stopsAtBadRow: file.layout.onBadRow == .stop)
  }

  /// Notes that a worker found no more blocks in a file.
  func finish(_ number: Int) {
    state.withLock { state in
      state.files[number].workerCount -= 1
      state.files[number].reader = nil
    }
  }
  /// Notes that a file is not good: it is read no further, and no file after it.
  func fail(_ number: Int) {
    state.withLock { state in
      state.firstBad = min(state.firstBad, number)
      for file in state.files[state.firstBad...] { file.reader?.stop() }
    }
  }
  /// How far the reading has come, when so many bytes of a file have been read; the total where all files are open.
  func progress(of number: Int, _ storedBytesRead: Int) -> RunContext.Progress {
    state.withLock { state in
      let before = state.files[number].storedBytesRead
      state.files[number].storedBytesRead = max(before, storedBytesRead)
      state.storedBytesRead += max(0, storedBytesRead - before)
      return RunContext.Progress(
        done: state.storedBytesRead, total: state.files.count == count ? state.storedBytes : nil, unit: "bytes")
    }
  }
  /// The files read, in order, and what kept the next from being opened; to be called when all workers are done.
  func results() -> (files: [OpenedFile], failure: Diagnostic?) {
    state.withLock { state in
      defer { state.files = [] }
      return (state.files, state.failure)
    }
  }
}
