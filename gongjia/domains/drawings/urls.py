"""Addresses of drawings, floors, stacks, the map and the audit."""

from django.urls import path

from gongjia.domains.drawings.views import auditing, buildings, comparing, floors, matching, uploading

app_name = "drawings"

urlpatterns = [
    path("drawings/upload/<int:pk>/", uploading.upload, name="upload"),
    path("drawings/work/<int:pk>/", uploading.work, name="work"),
    path("drawings/work/<int:pk>/again/", uploading.again, name="again"),
    path("drawings/floor/<int:pk>/", floors.floor, name="floor"),
    path("drawings/floor/<int:pk>/room/<int:shape>/", floors.room, name="room"),
    path("drawings/floor/<int:pk>/plan.svg", floors.plan_svg, name="svg"),
    path("drawings/floor/<int:pk>/sheet.pdf", floors.sheet, name="sheet"),
    path("drawings/floor/<int:pk>/match/", matching.match_page, name="match"),
    path("drawings/floor/<int:pk>/link/", matching.link, name="link"),
    path("drawings/floor/<int:pk>/corners/", matching.corners, name="corners"),
    path("drawings/floor/<int:pk>/do/<str:act>/", matching.do, name="do"),
    path("drawings/floor/<int:pk>/changes/", comparing.changes, name="changes"),
    path("drawings/stack/<int:pk>/", buildings.stack, name="stack"),
    path("drawings/map/", buildings.compounds, name="map"),
    path("drawings/audit/", auditing.audit, name="audit"),
    path("drawings/audit/<int:pk>/", auditing.building_audit, name="building_audit"),
    path("drawings/audit/<int:pk>/export.<str:shape>", auditing.export, name="audit_export"),
]
