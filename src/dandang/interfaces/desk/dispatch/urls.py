"""Addresses of the dispatcher's pages."""

from django.urls import path

from dandang.interfaces.desk.dispatch.disputes import show_dispute, show_disputes
from dandang.interfaces.desk.dispatch.duplicates import (
    show_duplicates,
    show_joined,
    take_back,
    tell,
)
from dandang.interfaces.desk.dispatch.duties import send_duties, show_duties
from dandang.interfaces.desk.dispatch.flow import act_in_flow, show_next
from dandang.interfaces.desk.dispatch.inbox import act_on_several, show_new
from dandang.interfaces.desk.dispatch.proposals import propose, show_proposal
from dandang.interfaces.desk.dispatch.table import send_new
from dandang.interfaces.desk.dispatch.triage import triage

app_name = "dispatch"
urlpatterns = [
    path("", show_new, name="new"),
    path("new.csv", send_new, name="new-file"),
    path("several/", act_on_several, name="several"),
    path("next/", show_next, name="next"),
    path("disputes/", show_disputes, name="disputes"),
    path("disputes/<str:reference>/", show_dispute, name="dispute"),
    path("duplicates/", show_duplicates, name="duplicates"),
    path("duplicates/joined/", show_joined, name="joined"),
    path("duplicates/different/", tell, name="tell-apart"),
    path("duplicates/different/<int:number>/", take_back, name="take-back"),
    path("duties/", show_duties, name="duties"),
    path("duties.csv", send_duties, name="duties-file"),
    path("duties/propose/", propose, name="propose"),
    path("duties/proposals/<int:number>/", show_proposal, name="proposal"),
    path("<str:reference>/", triage, name="request"),
    path("<str:reference>/<slug:verb>/", act_in_flow, name="act"),
]
