"""Every address of the web interface, and the pages for errors."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

# Whatever has a prefix of its own comes first, so that no request to it is held against the others.
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("dandang.interfaces.desk.urls")),
    path("supervision/", include("dandang.interfaces.desk.supervision.urls")),
    path("dispatch/", include("dandang.interfaces.desk.dispatch.urls")),
    path("setup/", include("dandang.interfaces.desk.setup.urls")),
    path("search/", include("dandang.interfaces.desk.finding.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("dandang.interfaces.public.urls")),
    path("", include("dandang.interfaces.resident.urls")),
    path("", include("dandang.interfaces.account.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("dandang.demo.urls")))

handler400 = "dandang.interfaces.shared.errors.bad_request"
handler403 = "dandang.interfaces.shared.errors.permission_denied"
handler404 = "dandang.interfaces.shared.errors.page_not_found"
handler500 = "dandang.interfaces.shared.errors.server_error"
