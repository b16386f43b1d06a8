"""What is kept of community labs."""

from civic_centers.labs.tables.diary import LabComment, LabEntry, LabPhoto
from civic_centers.labs.tables.labs import Lab, LabMeeting, LabMember
from civic_centers.labs.tables.resources import LabGiver, LabReceipt, LabResource
from civic_centers.labs.tables.work import LabGoal, LabTask

__all__ = [
    "Lab",
    "LabComment",
    "LabEntry",
    "LabGiver",
    "LabGoal",
    "LabMeeting",
    "LabMember",
    "LabPhoto",
    "LabReceipt",
    "LabResource",
    "LabTask",
]
