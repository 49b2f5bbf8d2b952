"""What the world knows of the three events: data only, each fact from the attendee's account (docs/facts.md).

A talk whose title the account does not give has none; what it was about stands in its abstract,
and the field of a whole block in its track.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from events.models import Appearance, Conference, Talk

_KOREA = timezone(timedelta(hours=9))
Kind, Role, Mode = Talk.Kind, Appearance.Role, Conference.Mode


@dataclass(frozen=True, kw_only=True)
class Place:
    """A venue."""

    name: str
    other_name: str
    aka: str = ""
    address: str = ""
    city: str = "서울"


@dataclass(frozen=True, kw_only=True)
class Who:
    """A speaker."""

    name: str
    other_name: str
    aka: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class On:
    """A day; `place` is a key of PLACES."""

    date: date
    host: str = ""
    place: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """A conference; `slug` is what its address begins with."""

    name: str
    other_name: str
    slug: str
    starts_on: date
    ends_on: date
    mode: str
    in_series: bool = True
    about: str = ""
    days: tuple[On, ...] = ()


@dataclass(frozen=True, kw_only=True)
class As:
    """Somebody in a talk: a key of PEOPLE, or an organisation."""

    who: str = ""
    organisation: str = ""
    role: str = Role.SPEAKER
    affiliation: str = ""
    job_title: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A talk of the programme; `event` is a key of EVENTS."""

    event: str = "2022"
    on: date | None = None
    kind: str = Kind.TALK
    title: str = ""
    track: str = ""
    abstract: str = ""
    starts_at: datetime | None = None
    people: tuple[As, ...] = ()


SERIES = {"name": "Samsung AI Forum", "other_name": "삼성 AI 포럼", "organiser": "Samsung (삼성)"}

FIRST, SECOND = date(2022, 11, 8), date(2022, 11, 9)

PLACES = {
    "coex": Place(
        name="COEX Grand Ballroom",
        other_name="코엑스 그랜드볼룸",
        aka="InterContinental Seoul COEX\n인터컨티넨탈 서울 코엑스",
        address="InterContinental Seoul COEX",
    ),
    "yangjae": Place(
        name="삼성 양재 R&D 센터",
        other_name="Samsung R&D Centre, Yangjae",
        aka="양재 R&D 센터\n서울R&D캠퍼스\nSeoul R&D Campus",
    ),
}

PEOPLE = {
    "bengio": Who(
        name="Yoshua Bengio", other_name="요슈아 벤지오", aka="요슈와 벤지오", about="튜링상(Turing Award) 공동 수상자."
    ),
    "seung": Who(name="Sebastian Seung", other_name="승현준"),
    "lee": Who(name="Daniel Lee", other_name="다니엘 리", aka="Daniel D. Lee"),
}

EVENTS = {
    "2022": Event(
        name="Samsung AI Forum 2022",
        other_name="삼성 AI 포럼 2022",
        slug="samsung-ai-forum",
        starts_on=FIRST,
        ends_on=SECOND,
        mode=Mode.HYBRID,
        days=(
            On(
                date=FIRST,
                host="종합기술원 (Samsung Advanced Institute of Technology, SAIT)",
                place="coex",
                about="주최인 종합기술원은 DS부문에 속한다.",
            ),
            On(
                date=SECOND,
                host="삼성 리서치 (Samsung Research)",
                place="yangjae",
                about="주최인 삼성 리서치는 DX부문에 속한다.",
            ),
        ),
    ),
    "2021": Event(
        name="Samsung AI Forum 2021",
        other_name="삼성 AI 포럼 2021",
        slug="samsung-ai-forum",
        starts_on=date(2021, 11, 1),
        ends_on=date(2021, 11, 2),
        mode=Mode.ONLINE,
        days=(On(date=date(2021, 11, 1)), On(date=date(2021, 11, 2))),
    ),
    "naver": Event(
        name="네이버 포럼",
        other_name="Naver forum",
        slug="naver-forum",
        starts_on=date(2021, 12, 31),
        ends_on=date(2021, 12, 31),
        mode=Mode.ONLINE,
        in_series=False,
        about="2021년에 열렸다는 것만 확실하다. 날짜는 적어 두지 않아 한 해의 끝으로 넣었다.",
    ),
}

_BENGIO = As(who="bengio", job_title="Samsung Professor (삼성 교수, 명예 직함)")
_SEUNG = As(
    who="seung",
    affiliation="Samsung Research · Princeton University",
    job_title="삼성 리서치 소장 (head of Samsung Research)",
)
_LEE = As(
    who="lee",
    role=Role.PANELLIST,
    affiliation="Samsung · Cornell University",
    job_title="부사장? (executive vice president? 확실하지 않음)",
)
_RESEARCH = (As(organisation="Samsung Research"),)


def _poster(organisation: str) -> Item:
    return Item(on=FIRST, kind=Kind.POSTER, people=(As(organisation=organisation, role=Role.PRESENTER),))


TALKS = {
    "registration": Item(on=FIRST, kind=Kind.REGISTRATION),
    "start": Item(
        on=FIRST, kind=Kind.OTHER, title="프로그램 시작", starts_at=datetime(2022, 11, 8, 9, 30, tzinfo=_KOREA)
    ),
    "poster-snu": _poster("Seoul National University"),
    "poster-kaist": _poster("KAIST"),
    "poster-kias": _poster("KIAS"),
    "bengio": Item(
        on=FIRST, kind=Kind.KEYNOTE, abstract="베이지안 신경망 (Bayesian neural networks)", people=(_BENGIO,)
    ),
    "systems": Item(on=FIRST, track="시스템"),
    "semiconductors": Item(on=FIRST, track="반도체 공정"),
    "recruiting": Item(on=FIRST, kind=Kind.BOOTH, title="채용 부스"),
    "research-1": Item(on=SECOND, people=_RESEARCH),
    "research-2": Item(on=SECOND, people=_RESEARCH),
    "seung": Item(on=SECOND, abstract="비지도 표현 학습 (unsupervised representation learning)", people=(_SEUNG,)),
    "panel": Item(
        on=SECOND, kind=Kind.PANEL, abstract="발표 사이사이에 여러 번. Daniel Lee와 그날의 연사들.", people=(_LEE,)
    ),
    "booths": Item(on=SECOND, kind=Kind.BOOTH, abstract="연구를 설명하고 시연하는 부스들."),
    "bengio-2021": Item(event="2021", people=(As(who="bengio"),)),
}
