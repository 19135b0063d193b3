import Dispatch
import Engine
import Foundation
import JSONText
import Synchronization
import Workbench

/// Turns the events of a run into lines: one rewritten while steps work, where there is a terminal; one for each step
/// that ended; or JSON lines.
final class ProgressRecorder: Sendable {
  private struct State {
    var began: [(step: StepID, at: ContinuousClock.Instant)] = []
    var progress: [StepID: RunContext.Progress] = [:]
    var warned: Set<String> = []
    var liveLines = 0
    var nameWidth = 8
    var isFinished = false
  }
  private let state = Mutex(State())
  private let terminal: Terminal
  private let isJSON: Bool
  private let renderer: DiagnosticRenderer

  init(_ terminal: Terminal, json: Bool, renderer: DiagnosticRenderer) {
    self.terminal = terminal
    isJSON = json
    self.renderer = renderer
    guard terminal.isLive else { return }
    let source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "casus.progress"))
    source.schedule(deadline: .now() + 0.1, repeating: 0.1)
    source.setEventHandler { if !self.redraw() { source.cancel() } }
    source.resume()
  }

  func take(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .began(let steps):
        state.nameWidth = max(8, steps.map { displayWidth($0.name) }.max() ?? 8)
        if isJSON { terminal.answer(["type": "began", "steps": .array(steps.map { .string("\($0)") })]) }
      case .stepBegan(let step):
        state.began.append((step, ContinuousClock.now))
        if isJSON {
          terminal.answer(["type": "step-began", "kind": .string(step.kind.rawValue), "name": .string(step.name)])
        }
      case .stepProgressed(let step, let progress):
        state.progress[step] = progress
      case .warned(let step, let warning):
        guard state.warned.insert("\(step): \(warning.message)").inserted else { return }
        if isJSON {
          terminal.answer(["type": "warning", "step": .string(step.name), "problem": warning.json])
        } else {
          clear(&state)
          var told = warning
          // Where no place tells whose warning it is, its step does.
          if told.location == nil { told.message = "\(step): \(warning.message)" }
          terminal.error(renderer.render(told))
        }
      case .stepEnded(let summary):
        state.began.removeAll { $0.step == summary.step }
        if isJSON {
          terminal.answer(["type": "step-ended", "step": summary.json])
        } else if summary.state != .cached || terminal.isVerbose {
          clear(&state)
          terminal.note(line(summary, state.nameWidth) + "\n")
        }
      }
    }
  }

  func finish() {
    state.withLock { state in
      state.isFinished = true
      clear(&state)
    }
  }

  private func line(_ summary: StepSummary, _ nameWidth: Int) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - displayWidth(text)))
    }
    let time = summary.seconds.map { seconds(of: $0) } ?? ""
    return "\(padded(summary.step.name, nameWidth))  \(padded(summary.state.rawValue, 7))  "
      + "\(padded(time, 7))  \(DiagnosticRenderer.visible(summary.detail))"
  }
  private func seconds(of seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
  }

  /// Draws what is under way; false when the run is over.
  private func redraw() -> Bool {
    state.withLock { state in
      guard !state.isFinished else { return false }
      guard !state.began.isEmpty else { return true }
      clear(&state)
      var text = ""
      for (step, start) in state.began {
        let elapsed = start.duration(to: .now).components
        let time = seconds(of: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
        var line = "\(step.name)  working  \(time)"
        if let progress = state.progress[step] {
          let total = progress.total.map { " of \(shown($0, progress.unit))" } ?? ""
          line += "  \(shown(progress.done, progress.unit))\(total)"
        }
        text += String(line.prefix(max(20, terminal.width - 1))) + "\n"
      }
      state.liveLines = state.began.count
      terminal.error(text)
      return true
    }
  }
  private func shown(_ count: Int, _ unit: String) -> String {
    unit == "bytes" ? byteCount(count) : "\(grouped(count)) \(unit)"
  }
  private func clear(_ state: inout State) {
    guard state.liveLines > 0 else { return }
    terminal.error("\u{1B}[\(state.liveLines)A\u{1B}[J")
    state.liveLines = 0
  }
}
