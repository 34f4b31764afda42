"""The addresses of the requester's pages."""

from django.urls import path

from dandang.interfaces.resident.contacts import contact, erase_contact
from dandang.interfaces.resident.following import act, follow, leave, look_up, send_file
from dandang.interfaces.resident.forms import WITH_FILES
from dandang.interfaces.resident.links import come_by_link, link
from dandang.interfaces.resident.lost import lost, lost_code, new_code
from dandang.interfaces.resident.messages import choose_messages
from dandang.interfaces.resident.receipts import receipt
from dandang.interfaces.resident.reporting.checking import check
from dandang.interfaces.resident.reporting.joining import join
from dandang.interfaces.resident.reporting.similar import similar
from dandang.interfaces.resident.reporting.steps import delete, report, step
from dandang.interfaces.resident.reporting.suggesting import suggest
from dandang.interfaces.shared.uploads import takes_files

urlpatterns = [
    path("new/", report, name="report"),
    path("new/where/", step, {"here": "where"}, name="report-where"),
    path("new/similar/", similar, name="report-similar"),
    path(
        "new/what/",
        takes_files(step, lambda named: named["here"] == "what"),
        {"here": "what"},
        name="report-what",
    ),
    path("new/contact/", step, {"here": "contact"}, name="report-contact"),
    path("new/check/", check, name="report-check"),
    path("new/suggest/", suggest, name="report-suggest"),
    path("new/delete/", delete, name="report-delete"),
    path("new/join/<str:reference>/", join, name="report-join"),
    path("c/", look_up, name="look-up"),
    path("c/leave/", leave, name="leave"),
    path("c/lost/", lost, name="lost"),
    path("c/lost/<str:reference>/", lost_code, name="lost-code"),
    path("c/link/", link, name="link"),
    path("c/link/<str:token>/", come_by_link, name="come-by-link"),
    path("c/<str:reference>/", follow, name="follow"),
    path("c/<str:reference>/receipt/", receipt, name="receipt"),
    path("c/<str:reference>/new-code/", new_code, name="new-code"),
    path("c/<str:reference>/contact/", contact, name="contact"),
    path("c/<str:reference>/contact/erase/", erase_contact, name="erase-contact"),
    path("c/<str:reference>/messages/", choose_messages, name="messages"),
    path("c/<str:reference>/files/<str:key>/", send_file, name="file"),
    path(
        "c/<str:reference>/<slug:verb>/",
        takes_files(act, lambda named: named["verb"] in WITH_FILES),
        name="act",
    ),
]
