import EventModel

/// What a scheme says of a class that it knows by its name.
struct NamedClass: Sendable {
  /// The dataset's spelling.
  var name: String
  /// The top category; the name itself where the class is one.
  var root: String
  var score: GoldsteinScore
  /// Nil for a class that is neither cooperation nor conflict.
  var quadClass: QuadClass?
}

/// Classes by their name; case and spaces around it do not matter.
struct NamedClasses: Sendable {
  private let classes: [String: NamedClass]

  /// - Parameter groups: a top category with its score in tenths and quad class, and classes of its own that share them.
  /// - Parameter exceptions: classes whose score or quad class is not that of their top category.
  init(
    _ groups: [(root: String, tenths: Int32, quadClass: QuadClass?, classes: [String])],
    except exceptions: [(name: String, tenths: Int32, quadClass: QuadClass?)] = []
  ) {
    var classes: [String: NamedClass] = [:]
    for group in groups {
      for name in [group.root] + group.classes {
        classes[name.lowercased()] = NamedClass(
          name: name, root: group.root, score: GoldsteinScore(tenths: group.tenths), quadClass: group.quadClass)
      }
    }
    for exception in exceptions {
      classes[exception.name.lowercased()]?.score = GoldsteinScore(tenths: exception.tenths)
      classes[exception.name.lowercased()]?.quadClass = exception.quadClass
    }
    self.classes = classes
  }
  subscript(name: String) -> NamedClass? {
    classes[name] ?? classes[String(name.trimmingSpaces).lowercased()]
  }
}

extension String {
  fileprivate var trimmingSpaces: Substring {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// UCDP's types of violence.
///
/// A fight between two organised sides is scored as the use of force is, violence against civilians one below. The
/// dataset has no cooperation, so the mean of such scores says nothing; counts and fatalities do.
enum UCDPClasses {
  static let classes = NamedClasses([
    ("state-based", -100, .materialConflict, []), ("non-state", -100, .materialConflict, []),
    ("one-sided", -90, .materialConflict, []),
  ])
}

/// ACLED's event types with their sub-event types, of the current codebook and of the layout used up to 2018.
///
/// A sub-event type has the score of its event type; those of strategic developments differ. Protests are verbal conflict
/// with the score of CAMEO's 14, riots and all violence material conflict. An agreement is verbal cooperation with the
/// score of CAMEO's 057: what is agreed is not yet done. Developments that say nothing of cooperation or conflict between
/// the actors have score 0 and no quad class.
enum ACLEDClasses {
  static let classes = NamedClasses(
    [
      (
        "Battles", -100, .materialConflict,
        [
          "Armed clash", "Government regains territory", "Non-state actor overtakes territory",
          // Up to 2018.
          "Battle-No change of territory", "Battle-Government regains territory",
          "Battle-Non-state actor overtakes territory",
        ]
      ),
      (
        "Explosions/Remote violence", -100, .materialConflict,
        [
          "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
          "Remote explosive/landmine/IED", "Grenade", "Remote violence",
        ]
      ),
      (
        "Violence against civilians", -90, .materialConflict,
        ["Sexual violence", "Attack", "Abduction/forced disappearance"]
      ),
      ("Riots", -75, .materialConflict, ["Violent demonstration", "Mob violence"]),
      (
        "Protests", -65, .verbalConflict,
        ["Peaceful protest", "Protest with intervention", "Excessive force against protesters", "Riots/Protests"]
      ),
      (
        "Strategic developments", 0, nil,
        [
          "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
          "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
          "Other", "Strategic development",
        ]
      ),
    ],
    except: [
      ("Agreement", 80, .verbalCooperation), ("Arrests", -50, .materialConflict),
      ("Looting/property destruction", -80, .materialConflict),
    ])
}

/// GTD's attack types.
///
/// Each is an attack, so all have one score; the source gives -9 to attacks that failed.
enum GTDClasses {
  static let classes = NamedClasses(
    [
      "Assassination", "Armed Assault", "Bombing/Explosion", "Hijacking", "Hostage Taking (Barricade Incident)",
      "Hostage Taking (Kidnapping)", "Facility/Infrastructure Attack", "Unarmed Assault", "Unknown",
    ].map { ($0, -100, .materialConflict, []) })
}
