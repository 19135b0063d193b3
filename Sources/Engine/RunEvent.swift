public import Workbench

/// Something that happened in a run; recorders turn these into lines for people and programs.
public enum RunEvent: Sendable {
  /// The run starts, with these steps to look at.
  case began(steps: [StepID])
  /// A step starts to work.
  case stepBegan(StepID)
  /// A step has come this far.
  case stepProgressed(StepID, RunContext.Progress)
  /// A step reports a problem that does not stop it.
  case warned(StepID, Diagnostic)
  /// A step is over.
  case stepEnded(StepSummary)
}

/// How a step of a run ended.
public struct StepSummary: Sendable {
  /// What became of a step.
  public enum State: String, Sendable {
    /// It worked.
    case done
    /// Its results were there already.
    case cached
    /// Its file is missing, which the workspace allows.
    case skipped
    /// It stopped with an error.
    case failed
    /// A step it needs failed.
    case blocked
  }
  /// The step.
  public var step: StepID
  /// What became of it.
  public var state: State
  /// What it came to, in a few words: `52 events`, `needs 'coded'`.
  public var detail: String
  /// Seconds of work; nil where it did none.
  public var seconds: Double?
  /// The error that stopped it.
  public var error: Diagnostic?
  /// The snapshot that its results came in; nil where they were computed here.
  public var snapshot: String?
}
