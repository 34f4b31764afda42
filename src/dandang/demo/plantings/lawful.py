"""Planted matters of law: wages on a legal route, a matter of twelve years, an honest mistake."""

from datetime import datetime

from dandang.demo.plantings.author import Author, Planting
from dandang.demo.stories import Step
from dandang.demo.texts import Matter

_WORKERS = 30
_ACCEPTED_AS = "江劳监受〔2026〕117号"
_ROUTE_DAYS = 60
_UPDATED_EVERY = 5
_LATE_UPDATE, _LATE_BY = 4, 3
_SINCE = (2014, 5, 12, 9, 30)
_REVIEWED = (2019, 6, 20, 15, 0)


def legal_route(author: Author) -> Planting:
    """Let thirty workers without wages come: labour inspection takes months, with updates."""
    unit, category = "labour", "unpaid_wages"
    matter, office = author.own(category, "wages"), author.hours.office
    came_at = author.day(38, 9, 20)
    asked_at = office(came_at, 13.3)
    entered_at = office(asked_at, 2.6)
    due = author.hours.workday(entered_at, _ROUTE_DAYS)
    steps = [
        *(
            author.at(
                office(came_at, 0.1 * number),
                "intake",
                "attach",
                text="wages_too",
                phone=f"1390002{number:04d}",
            )
            for number in range(2, _WORKERS + 1)
        ),
        author.at(office(came_at, 3.4), "holder", "accept"),
        author.at(office(came_at, 4.1), "holder", "contacted", how="visit", text="visit"),
        author.at(
            asked_at,
            "holder",
            "ask-legal-route",
            article="wages_article",
            body="inspection",
            acceptance_number=_ACCEPTED_AS,
            due_at=due.isoformat(),
            text="to_route",
        ),
        author.at(entered_at, "supervision", "enter-legal-route", text="route_agreed"),
        *_updates(author, entered_at, due),
        *_paid(author, due, matter),
    ]
    story = author.story(came_at, matter, steps, area="binjiang", channel="counter")
    return author.planting(
        (unit,),
        [story],
        category=category,
        requests=_WORKERS,
        late_updates=1,
        due_at=due.isoformat(),
    )


def _updates(author: Author, entered_at: datetime, due: datetime) -> list[Step]:
    """Return an update for every week of the route; one of them comes some days late."""
    updates = []
    for number in range(1, _ROUTE_DAYS // _UPDATED_EVERY):
        at = author.hours.workday(entered_at, number * _UPDATED_EVERY)
        if number == _LATE_UPDATE:
            at = author.hours.workday(at, _LATE_BY)
        at = author.hours.office(at, author.rng.uniform(0, 2))
        updates.append(author.at(at, "holder", "update-legal-route", text="route_news"))
    return [step for step in updates if step.not_before and step.not_before < due]


def _paid(author: Author, due: datetime, matter: Matter) -> list[Step]:
    """Return how the route is left shortly before its date, and what every worker says."""
    left_at = author.hours.workday(due, -2)
    said_at = author.hours.office(left_at, 9)
    return [
        author.at(left_at, "holder", "leave-legal-route", text="wages_paid"),
        author.at(
            author.hours.office(left_at, 1),
            "holder",
            "propose",
            outcome="resolved",
            text=f"={matter.done}",
        ),
        *(
            author.at(
                author.hours.office(said_at, 0.1 * number),
                f"asker:{number}",
                "judge",
                verdict="solved",
            )
            for number in range(1, _WORKERS + 1)
        ),
    ]


def twelve_years(author: Author) -> Planting:
    """Let a land matter of twelve years come from an old register, with its repeated calls."""
    unit, category, area = "land", "land_acquisition", "yunxi"
    matter, again = author.own(category, "old_land"), author.own(category, "old_land_again")
    zone = author.season.now.tzinfo
    since = datetime(*_SINCE, tzinfo=zone)
    name = author.rng.choice(author.setup.texts.people)
    moved_at = author.day(50, 9, 5)
    office = author.hours.office
    first = [
        author.at(office(moved_at, 2), "holder", "accept"),
        author.at(office(moved_at, 6), "holder", "contacted", how="visit", text="visit"),
        author.at(office(moved_at, 22), "holder", "note", text="old_files"),
        _conclusion(author, office(moved_at, 60), zone),
    ]
    person = {"area": area, "name": name, "phone": "13900030012"}
    stories = [
        author.story(
            moved_at, matter, first, channel="import", register="2014-037", since=since, **person
        )
    ]
    for before in (31, 17, 6):
        sent = author.day(before, 9, 40)
        steps = [
            author.at(office(sent, 1), "holder", "accept"),
            author.at(office(sent, 3), "holder", "reply", text="one_reply"),
            _conclusion(author, office(sent, 9), zone),
        ]
        stories.append(author.story(sent, again, steps, channel="phone", **person))
    return author.planting(
        (unit,),
        stories,
        category=category,
        since=since.date().isoformat(),
        review_number=author.say("review_number"),
        calls=3,
    )


def _conclusion(author: Author, at: datetime, zone: object) -> Step:
    reviewed_at = datetime(*_REVIEWED, tzinfo=zone)  # type: ignore[arg-type]  # the season's own
    return author.at(
        at,
        "supervision",
        "conclude",
        reason="final_review_given",
        review_number=author.say("review_number"),
        reviewed_at=reviewed_at.isoformat(),
        text="concluded",
    )


def mistake_corrected(author: Author) -> Planting:
    """Let officers write something wrong in good faith and say so themselves."""
    stories = []
    for number, before in enumerate(author.spread(author.many(2, 1), 27, 13)):
        category, wrong, right = (
            ("social_insurance", "wrong_month", "right_month"),
            ("heating", "wrong_building", "right_building"),
        )[number % 2]
        matter = author.matter(category, "hudong")
        steps = [
            author.step("holder", "accept", (0.2, 0.8)),
            author.step("holder", "reply", (0.3, 1), text=wrong),
            author.step(
                "holder",
                "correct",
                (1, 4),
                corrects_seq="@seq:reply_sent",
                wrong=wrong,
                text=right,
            ),
            author.step("holder", "contacted", (0.2, 1), how="phone", text="apology"),
            author.step("holder", "propose", (3, 9), outcome="resolved", text=f"={matter.done}"),
            author.step("asker", "judge", (2, 20), verdict="solved"),
        ]
        sent = author.day(before, 9 + number)
        stories.append(author.story(sent, matter, steps, area="hudong", channel="web"))
    return author.planting(("labour", "housing"), stories, corrected="reply_sent")
