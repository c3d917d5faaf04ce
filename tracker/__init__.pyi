from tracker.analysis.refused import Refused as Refused
from tracker.errors import TrackerError as TrackerError
from tracker.query.tracker import Tracker as Tracker
from tracker.query.tracker import connect as connect

__version__: str
__all__ = ["Refused", "Tracker", "TrackerError", "__version__", "connect"]
