"""Addresses of supervision."""

from django.urls import path

from dandang.interfaces.desk.supervision.cases import send_cases, show_cases
from dandang.interfaces.desk.supervision.decisions import show_decisions
from dandang.interfaces.desk.supervision.proposals import return_proposal, show_proposals
from dandang.interfaces.desk.supervision.reading import read_item
from dandang.interfaces.desk.supervision.sampling import new_sample, show_sample, show_samples
from dandang.interfaces.desk.supervision.stalls import show_stalled, show_stalls
from dandang.interfaces.desk.supervision.units import show_units

app_name = "supervision"
urlpatterns = [
    path("", show_units, name="units"),
    path("cases/", show_cases, name="cases"),
    path("cases.csv", send_cases, name="cases-file"),
    path("stalls/", show_stalls, name="stalls"),
    path("stalls/cases/", show_stalled, name="stalled"),
    path("decisions/", show_decisions, name="decisions"),
    path("proposals/", show_proposals, name="proposals"),
    path("proposals/<str:reference>/", return_proposal, name="proposal"),
    path("samples/", show_samples, name="samples"),
    path("samples/new/", new_sample, name="new-sample"),
    path("samples/<int:number>/", show_sample, name="sample"),
    path("samples/<int:number>/<int:place>/", read_item, name="item"),
]
