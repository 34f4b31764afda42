"""The addresses of the pages for everybody."""

from django.urls import path

from dandang.interfaces.public import board, downloads, home, method
from dandang.interfaces.public.cases import feeds, pages

urlpatterns = [
    path("", home.home, name="home"),
    path("open/", board.board, name="board"),
    path("open/method/", method.method, name="method"),
    path("open/cases/", pages.show_cases, name="public-cases"),
    path("open/cases/<str:number>/", pages.show_case, name="public-case"),
    path("open/feeds/area/<str:code>.atom", feeds.area_feed, name="area-feed"),
    path("open/feeds/category/<str:code>.atom", feeds.category_feed, name="category-feed"),
    path("open/months/", board.months, name="board-months"),
    path("open/waits/", board.waits, name="board-waits"),
    *(
        path(f"open/{by}/", board.breakdown, {"by": by}, name=f"board-{by}")
        for by in board.BREAKDOWNS
    ),
    *(
        path(f"open/{by}/<str:code>/", board.one, {"by": by}, name=f"board-one-{by}")
        for by in board.BREAKDOWNS
    ),
    path("open/<slug:figure>.csv", downloads.as_csv, name="figure-csv"),
    path("open/<slug:figure>.json", downloads.as_json, name="figure-json"),
]
