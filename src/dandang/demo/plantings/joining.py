"""Planted matters of several cases: a burst that is merged, a noise that comes back, packages."""

from datetime import datetime, timedelta

from dandang.demo.plantings.author import Author, Planting
from dandang.demo.stories import Step, Story
from dandang.demo.texts import Matter

_CALLERS = 9
_SCHOOLS = 12
_UNITS = ("education", "housing", "yunxi")


def merged_burst(author: Author) -> Planting:
    """Let many call about one thing within half an hour; each has a case, and they are merged."""
    unit, category, area = "housing", "heating", "hudong"
    matter = author.own(category, "burst")
    first = author.day(6, 9, 31)
    merged_at = author.hours.office(first, 0.9)
    answered_at = author.hours.office(merged_at, 9)
    steps = [
        author.step("holder", "accept", 0.2),
        author.step("holder", "contacted", 0.3, how="phone", text="call"),
        author.step("holder", "note", 1.5, text="progress"),
        author.step("holder", "propose", 4.5, outcome="resolved", text=f"={matter.done}"),
        *(
            author.at(
                author.hours.office(answered_at, 0.12 * number),
                f"asker:{number}",
                "judge",
                verdict="solved",
            )
            for number in range(1, _CALLERS + 1)
        ),
    ]
    stories = [author.story(first, matter, steps, area=area, channel="phone")]
    for number in range(1, _CALLERS):
        sent = first + timedelta(minutes=3 * number, seconds=author.rng.randrange(50))
        at = merged_at + timedelta(minutes=number)
        step = author.at(
            at, "dispatcher", "merge", into=f"@reference:{stories[0].key}", text="same"
        )
        channel = ("web", "phone")[number % 2]
        stories.append(author.story(sent, matter, [step], area=area, channel=channel))
    minutes = int((stories[-1].sent_at - first).total_seconds() // 60)
    return author.planting((unit,), stories, category=category, area=area, minutes=minutes)


def recurring_noise(author: Author) -> Planting:
    """Let a bar be loud again twice within thirty days: each time the old case goes on."""
    unit, category, area = "cityman", "noise_commercial", "hudong"
    matter = author.own(category, "recurring")
    days = (33, 22, 9)
    sent = [author.day(before, 20, 40) for before in days]
    rounds: list[Step] = []
    for number, at in enumerate(sent, start=1):
        rounds += _round(author, at, matter, callers=number)
    stories = [author.story(sent[0], matter, rounds, area=area, channel="phone")]
    for at in sent[1:]:
        joins = author.at(
            author.hours.office(at, 0.5),
            "dispatcher",
            "merge",
            into=f"@reference:{stories[0].key}",
            text="came_back",
        )
        stories.append(author.story(at, matter, [joins], area=area, channel="phone"))
    return author.planting((unit,), stories, category=category, area=area, recurrences=2)


def _round(author: Author, at: datetime, matter: Matter, callers: int) -> list[Step]:
    """Return what the unit does about the noise each time, and what its callers say."""
    office = author.hours.office
    first = [author.at(office(at, 1.17), "holder", "accept")] if callers == 1 else []
    proposed_at = office(at, 10.63)
    asked_at = office(proposed_at + timedelta(days=3), 1)
    return [
        *first,
        author.at(office(at, 2.84), "holder", "contacted", how="visit", text="visit"),
        author.at(proposed_at, "holder", "propose", outcome="resolved", text=f"={matter.done}"),
        *(
            author.at(
                office(asked_at, 0.15 * number),
                f"asker:{number}",
                "judge",
                verdict="solved",
            )
            for number in range(1, callers + 1)
        ),
    ]


def packages(author: Author) -> Planting:
    """Set a decision with packages: twelve rural schools ready before term, one is still not."""
    matter = author.own("", "schools")
    office = author.hours.office
    set_at = author.day(59, 10, 30)
    due = author.day(54, 17, 0).replace(second=0)
    acts = [
        author.at(
            office(set_at, 0.5), "dispatcher", "assign", to_post="education-duty", text="route"
        ),
        author.at(office(set_at, 1), "holder", "accept"),
        author.at(office(set_at, 1.5), "holder", "ask-split", text="packages"),
    ]
    for number in range(1, _SCHOOLS + 1):
        acts += _package(author, number, office(set_at, 2 + number / 20), due, matter)
    acts.sort(key=lambda step: step.not_before or set_at)
    story: Story = author.story(
        set_at,
        matter,
        acts,
        area="yunxi",
        channel="letter",
        kind="decision",
        case_class="decision_complex",
        due_by=due,
        name="",
        phone="",
    )
    return author.planting(
        _UNITS, [story], schools=_SCHOOLS, due_by=due.isoformat(), late=3, open=1
    )


def _package(
    author: Author, number: int, at: datetime, due: datetime, matter: Matter
) -> list[Step]:
    """Return the acts on one school: eight in time, three late, the last one still open."""
    about, office = f"part:{number}", author.hours.office
    unit = _UNITS[number % len(_UNITS)]
    late = number > _SCHOOLS - 4
    ready = office(at, 46 + 9 * (number - 8) if late else 6 + 2.6 * number)
    steps = [
        author.at(
            at,
            "dispatcher",
            "split",
            to_post=f"{unit}-duty",
            title=author.setup.texts.own["school_names"][0].split("|")[number - 1],
            due_by=due.isoformat(),
            text="package",
        ),
        author.at(office(at, 1 + number / 10), "holder", "accept", about=about),
        author.at(office(at, 4 + number / 5), "holder", "note", about=about, text="progress"),
    ]
    if number < _SCHOOLS:
        text = f"={matter.done}"
        steps += [
            author.at(ready, "holder", "propose", about=about, outcome="resolved", text=text),
            author.at(office(ready, 3), "dispatcher", "judge", about=about, verdict="solved"),
        ]
    return steps
