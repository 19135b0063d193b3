import EventModel
import Statistics
import Workbench

/// What can be claimed; each kind is a test of its own.
enum ClaimKind: String, CaseIterable, Sendable {
  case peak, held, complied, sign, triad, conditional, forecast
  case rateChange = "rate-change"
  case signChange = "sign-change"
  case dependenceChange = "dependence-change"

  /// Whether it compares its days with others.
  var comparesDays: Bool { ![.complied, .sign, .conditional].contains(self) }
  /// Whether friendship and enmity are what it is about.
  var hasSign: Bool { self == .sign || self == .signChange }
}

/// Days from one to another.
struct DayRange: Sendable, Hashable {
  var from: Day
  var to: Day
  var days: Int { from.days(until: to) + 1 }
  var words: String { "\(from) to \(to)" }
  func contains(_ day: Day) -> Bool { from <= day && day <= to }
}

/// A claim: what its columns say, and where that stands.
struct Claim: Sendable {
  var name: String
  var kind: ClaimKind
  /// What it is called; tests nothing.
  var text: String
  var actor1: String
  var actor2: String
  /// Of a triad the third actor; nil where that is left open.
  var actor3: String?
  var about: [String]
  var classes: [String]
  var days: DayRange
  /// The days it compares with.
  var compared: DayRange?
  /// 1 for friends, -1 for enemies; nil where nothing says so.
  var sign: Int?
  /// Whether the sign was read from the words of the text, for want of a column.
  var isSignFromText: Bool
  /// Of a peak, the length of the periods compared.
  var length: PeriodLength?
  /// Where its actors and its classes stand in the file.
  var places: [String: SourceLocation]

  /// The two, for sentences.
  var parties: String { "\(actor1) and \(actor2)" }
  /// Its name with its text.
  var title: String { text.isEmpty ? name : "\(name) (\(text))" }
}

/// What the test of a claim can come to.
enum Verdict: String, Sendable {
  case supported, contradicted
  case directionAsClaimed = "direction as claimed"
  case insufficient = "insufficient data"
  case notTestable = "not testable"
  case open
}

/// Whether data decide a claim: the verdict without its shades.
enum Leaning: Sendable { case supports, contradicts, undecided }

/// What the test of a claim came to.
struct Judgement: Sendable {
  var verdict: Verdict
  /// Why, in a few words.
  var reason: String
  /// What was measured: a rate ratio, a mean score.
  var measure: String?
  var estimate: Double?
  /// The interval that decides.
  var interval: Interval?
  /// The exact interval of a rate ratio.
  var exact: Interval?
  var pValue: Double?
  var dispersion: Double?
  /// Of a peak: the rank, and the probability of rank 1.
  var rank: Int?
  var probabilityFirst: Double?
  /// The smallest effect that would have been seen in four of five cases: a rate ratio, or points.
  var detectable: Double?
  /// Of a forecast, the day on which it is decided.
  var due: Day?
  /// How large the difference is, for the order of headlines.
  var effect: Double?
  /// How many incidents, events or demands it rests on.
  var size = 0
  var windows: [ClaimWindow] = []
  /// The rows of the events that speak for the claim, and against it, the most telling first.
  var supporting: [Int] = []
  var opposing: [Int] = []
  /// What was counted and measured, for a sentence.
  var detail = ""

  init(_ verdict: Verdict, _ reason: String) {
    self.verdict = verdict
    self.reason = reason
  }
}

/// Days that a claim is about or is compared with, and what was measured of them.
struct ClaimWindow: Sendable {
  /// claimed or compared, and of whom where there are several.
  var part: String
  var days: DayRange
  var daysCovered: Int
  var events: Int
  /// Of incidents: how many, and their bounds.
  var count: BoundedNumber?
  /// What is measured: incidents in 30 days, a mean score, a share.
  var value: Double?
  var interval: Interval?
  struct BoundedNumber: Sendable {
    var value: Int
    var low: Int
    var high: Int?
  }
}

/// A test of a claim on the events, or on them as they would be after a change.
protocol ClaimTest: Sendable {
  /// Whether the events decide, after a change.
  func leaning(_ change: EventChange) -> Leaning
  /// The verdict with its numbers, after a change.
  func judgement(_ change: EventChange) -> Judgement
  /// How the events can be changed, the most effective first.
  var ways: [TippingWay] { get }
}

/// Events taken out or put in, to see what that would do to a verdict.
struct EventChange: Sendable {
  /// Rows left out.
  var removed: Set<Int> = []
  /// Rows of others counted as if they were the claim's.
  var taken: Set<Int> = []
  /// Events added to the days of the claim, and to those it is compared with.
  var added = 0
  var addedBefore = 0
  /// The score of events added, where scores count.
  var score = 0.0
  static let none = EventChange()
}
