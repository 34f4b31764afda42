"""Addresses of set-up."""

from django.urls import path

from dandang.interfaces.desk.setup.ending import end_entry
from dandang.interfaces.desk.setup.entries import add_entry, change_body, change_entry
from dandang.interfaces.desk.setup.files import send_configuration, show_files
from dandang.interfaces.desk.setup.home import show_home
from dandang.interfaces.desk.setup.lists import send_table, show_table
from dandang.interfaces.desk.setup.notices import add_notice, show_notices
from dandang.interfaces.desk.setup.policies import (
    new_policy,
    show_policies,
    show_policy,
    show_version,
)
from dandang.interfaces.shared.uploads import takes_files

app_name = "setup"
urlpatterns = [
    path("", show_home, name="home"),
    path("body/", change_body, name="body"),
    path("files/", takes_files(show_files), name="files"),
    path("files/configuration.zip", send_configuration, name="configuration"),
    path("notices/", show_notices, name="notices"),
    path("notices/new/", add_notice, name="notice"),
    path("policy/", show_policies, name="policies"),
    path("policy/new/", takes_files(new_policy), name="policy-new"),
    path("policy/<int:number>/", show_policy, name="policy"),
    path("policy/versions/<int:number>/", show_version, name="policy-version"),
    path("<slug:table>.csv", send_table, name="table-file"),
    path("<slug:table>/", show_table, name="table"),
    path("<slug:table>/new/", add_entry, name="new"),
    path("<slug:table>/<str:item>/", change_entry, name="entry"),
    path("<slug:table>/<str:item>/end/", end_entry, name="end"),
]
