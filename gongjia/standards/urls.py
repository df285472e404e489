"""Addresses of the pages of the rules; those of findings stand where the generic list and detail would."""

from django.urls import path

from gongjia.standards.views import asking, findings, mending, notice, rulebook, simulator, sweeps

app_name = "standards"

urlpatterns = [
    path("standards/finding/", findings.findings, name="findings"),
    path("standards/finding/notice/", notice.notice, name="notice"),
    path("standards/finding/<int:pk>/", findings.finding, name="finding"),
    path("standards/finding/<int:pk>/recompute/", findings.recomputed, name="recompute"),
    path("standards/finding/<int:pk>/do/standards.excuse_finding/", findings.excuse, name="excuse"),
    path("standards/verdicts/<str:key>/<int:pk>/", findings.verdicts, name="verdicts"),
    path("standards/rectification/", mending.rectifications, name="rectifications"),
    path("standards/excuse/", mending.excuses, name="excuses"),
    path("standards/sweeps/", sweeps.sweeps, name="sweeps"),
    path("standards/sweeps/run/", sweeps.run_sweep, name="run_sweep"),
    path("standards/sweeps/<int:pk>/", sweeps.sweep, name="sweep"),
    path("standards/rulebook/", rulebook.rulebook, name="rulebook"),
    path("standards/rulebook/<slug:key>/", rulebook.table, name="table"),
    path("standards/rulebook/<slug:key>/touched/", rulebook.touched_by, name="touched"),
    path("standards/ask/", asking.ask_page, name="ask"),
    path("standards/simulate/", simulator.simulate_page, name="simulate"),
    path("standards/simulate/run/", simulator.simulate_run, name="simulate_run"),
    path("standards/simulate/<int:pk>/", simulator.simulation, name="simulation"),
]
