import EventModel
import Statistics
import Workbench

/// A share as percent.
func percent(_ share: Double) -> String { "\(short(share * 100)) %" }

/// A rate of growth as percent, with its sign.
func signed(_ rate: Double) -> String { (rate > 0 ? "+" : "") + percent(rate) }

/// P-values adjusted for the false discovery rate over all that there are.
func adjusted(_ pValues: [Double?]) -> [Double?] {
  falseDiscoveryRates(pValues.map { $0 ?? .nan }).map { $0.isNaN ? nil : $0 }
}

extension String {
  /// The same with a capital first.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension PeriodLength {
  /// How many days one has on average.
  var typicalDays: Double {
    switch self {
    case .day: 1
    case .week: 7
    case .month: 365.25 / 12
    case .quarter: 365.25 / 4
    case .year: 365.25
    }
  }
}
