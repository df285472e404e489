"""Reading floor plans from DXF, DWG and IFC: pure computing, no Django; words for codes are in `drawings.wording`."""

from gongjia.domains.drawings.reading.apart import Limits, read_apart
from gongjia.domains.drawings.reading.opening import read_plan
from gongjia.domains.drawings.reading.plan import CannotRead, Layer, Reading, ReadPlan, ReadRoom, Remark, ScaleCandidate

__all__ = ["CannotRead", "Layer", "Limits", "ReadPlan", "ReadRoom", "Reading", "Remark", "ScaleCandidate", "read_apart", "read_plan"]
