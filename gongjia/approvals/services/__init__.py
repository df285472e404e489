"""Asking, deciding, ending and talking: every verb of a request is an action."""

from gongjia.approvals.services import carrying, deadlines, deciding, delegating, drafting, ending, publishing, submitting, talking

__all__ = ["carrying", "deadlines", "deciding", "delegating", "drafting", "ending", "publishing", "submitting", "talking"]
