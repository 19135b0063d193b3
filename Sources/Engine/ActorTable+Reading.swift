import EventModel
import Workbench

extension ActorTable {
  init(reading path: InputPath, from files: any InputFiles) throws(Diagnostic) {
    entries = []
  }
}
