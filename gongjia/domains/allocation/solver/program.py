"""A mixed-integer program, built row by row and handed to HiGHS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import highspy
import numpy as np

INFINITE = float("inf")
Term = tuple[int, float]


@dataclass(frozen=True)
class Answer:
    """What the solver knows: the best values (None where none were found) and a bound that no solution undercuts."""

    values: np.ndarray | None
    objective: float
    bound: float
    reduced: np.ndarray | None = None  # the reduced costs of a relaxation


class Program:
    """Columns with costs, rows over them, to be minimised."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.constant = 0.0
        self._low: list[float] = []
        self._high: list[float] = []
        self._starts: list[int] = [0]
        self._columns: list[int] = []
        self._factors: list[float] = []

    def column(self, cost: float = 0.0, upper: float = 1.0, *, lower: float = 0.0, whole: bool = True) -> int:
        """Add a column and return its number."""
        self.costs.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, terms: Iterable[Term], low: float = -INFINITE, high: float = INFINITE) -> None:
        """Add a row: low <= sum of terms <= high."""
        for column, factor in terms:
            self._columns.append(column)
            self._factors.append(factor)
        self._starts.append(len(self._columns))
        self._low.append(low)
        self._high.append(high)

    def solve(
        self,
        seconds: float,
        *,
        relaxed: bool = False,
        gap: float = 1e-4,
        start: np.ndarray | None = None,
        stop: Callable[[], bool] | None = None,
        better: Callable[[np.ndarray], None] | None = None,
        options: dict[str, float | str] | None = None,
    ) -> Answer:
        """Solve within so many seconds; `relaxed` drops the integrality, `start` is a solution to begin with."""
        solver = highspy.Highs()
        solver.silent()
        solver.passModel(self._model(relaxed))
        for name, value in {"time_limit": max(0.05, seconds), "mip_rel_gap": gap, **(options or {})}.items():
            solver.setOptionValue(name, value)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            solver.setSolution(solution)
        if stop is not None:
            solver.enableCallbacks()
            solver.cbMipInterrupt += lambda event: event.interrupt() if stop() else None
        if better is not None:
            solver.cbMipImprovingSolution += lambda event: better(np.array(event.data_out.mip_solution))
        solver.run()
        return self._answer(solver, relaxed or not any(self.whole))

    def _answer(self, solver: highspy.Highs, linear: bool) -> Answer:
        info = solver.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        bound = (info.objective_function_value if optimal else -INFINITE) if linear else info.mip_dual_bound
        values = np.array(solver.getSolution().col_value) if found else None
        reduced = np.array(solver.getSolution().col_dual) if linear and optimal else None
        return Answer(values, info.objective_function_value if found else INFINITE, bound, reduced)

    def _model(self, relaxed: bool) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self._low)
        model.offset_ = self.constant
        model.col_cost_, model.col_lower_, model.col_upper_ = np.array(self.costs), np.array(self.lower), np.array(self.upper)
        model.row_lower_, model.row_upper_ = np.array(self._low), np.array(self._high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self._starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(self._columns, dtype=np.int32)
        model.a_matrix_.value_ = np.array(self._factors, dtype=float)
        if not relaxed and any(self.whole):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in self.whole]
        return model
