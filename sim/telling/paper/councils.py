"""The page to the ældre-/seniorråd and handicapråd: plain Danish, short sentences, the same numbers."""

from sim.answer.wording import amounts
from sim.telling.paper.document import Block, Bullets, Heading, Item, Paragraph, Rows, Section, sentences
from sim.telling.report.phrases import date_words, in_prices, is_own_volume
from sim.words.cells import Cell, Json, between, share_cell, sign_is_sure, signed
from sim.words.figure import Figure
from sim.words.numbers import approximately, kroner, listed
from sim.words.table import Table

INTRO = (
    "Flextur er kørsel, som alle kan bestille. Bilen henter dig ved vejen og kører dig hen til den adresse, du skal til. Du kører"
    " tit sammen med andre. Kommunen er med til at bestemme prisen."
)
READ = (
    "I tabellen står prisen for én voksen, som ringer og bestiller. Den er billigere på nettet og for børn under 16 år."
)
WITHOUT_FIGURES = ("never", "no_figures")
CHANGE = "Hvad betyder ændringen for ældre og for folk med handicap?"
QUESTIONS = (
    "Er der ture, som nogen ikke kan undvære?",
    "Er det rimeligt, hvor grænsen for byen går?",
)


def councils(comparison: Json) -> Section:
    """Return the section, which fills a page of its own."""
    today, *others = comparison["options"]
    start, year = comparison["start"], comparison["year"]
    begins = f" En ny pris gælder fra {date_words(start)}." if start and others else ""
    if others:
        choice = (
            f"Kommunen skal vælge, om prisen skal være uændret i {year}."
            " Her kan du se, hvad der kan vælges, og hvad det betyder."
        )
    else:
        choice = f"Her kan du se, hvad turene koster. Ordningen hedder {today['name']}."
    blocks: list[Block] = [Paragraph(INTRO), Paragraph(f"{choice}{begins}")]
    if others:
        told = [Item(today["name"], f"Alt er uændret i {year}.")]
        told += [Item(o["name"], " ".join(_changes(comparison, place))) for place, o in enumerate(others, 1)]
        blocks += [Heading("Hvad ændrer sig for dig?"), Bullets(tuple(told))]
    blocks += [
        Heading("Hvad koster turene?"),
        Rows(_prices(comparison)),
        Paragraph(READ, "note"),
        Heading("Hvad ved vi ikke?"),
        sentences(_unknown(comparison)),
        Heading("Hvad vil vi gerne høre fra jer?"),
        sentences([CHANGE, *QUESTIONS] if others else list(QUESTIONS)),
    ]
    return Section(
        "raad", f"Til ældrerådet (seniorrådet) og handicaprådet i {comparison['municipality_name']}", tuple(blocks),
        own_page=True,
    )  # fmt: skip


def _changes(comparison: Json, place: int) -> list[str]:
    """Say what an option changes: prices, what is free, how many ride, what the municipality pays."""
    return [
        *_new_prices(comparison, place),
        *_other_elements(comparison, place),
        _riders(comparison["options"][place]["change"]["trips"]),
        _cost(comparison["options"][place]["change"]["net_cost_oere"], in_prices(comparison)),
    ]


def _new_prices(comparison: Json, place: int) -> list[str]:
    trips = comparison["citizen_prices"]
    moved = [trip for trip in trips if trip["oere"][place] != trip["oere"][0]]
    if not moved:
        return ["Prisen for turene i tabellen er uændret."]
    trip = moved[0]
    before, after = trip["oere"][0], trip["oere"][place]
    if after is None:
        said = f"En tur på {trip['trip']} kan ikke køres mere."
    elif before is None:
        said = f"En tur på {trip['trip']} kan køres igen. Den koster {kroner(after['adult_phone'])} kr."
    else:
        said = (
            f"En tur på {trip['trip']} koster {kroner(after['adult_phone'])} kr."
            f" Uden ændringen koster den {kroner(before['adult_phone'])} kr. i {comparison['year']}."
        )
    rest = "Prisen for de andre ture i tabellen er uændret." if len(moved) == 1 else "Se resten i tabellen."
    return [said, rest]


def _other_elements(comparison: Json, place: int) -> list[str]:
    """Say what changes that the table of typical trips does not show: free destinations and plustur."""
    today, then = (comparison["options"][n]["elements"] for n in (0, place))
    said = [f"Ture til og fra {e.partition('=')[2]} bliver gratis." for e in then if _is_free(e) and e not in today]
    said += [
        f"Ture til og fra {e.partition('=')[2]} er ikke gratis mere." for e in today if _is_free(e) and e not in then
    ]
    plustur = comparison.get("plustur_prices")
    if "plustur" in then and "plustur" not in today:
        price = f" Turen koster {kroner(plustur['fare_oere'])} kr. og billetten til bus eller tog." if plustur else ""
        said.append(f"Plustur kommer til: en bil til bus eller tog, som du bestiller på nettet.{price}")
    if "plustur" in today and "plustur" not in then:
        said.append("Plustur bliver nedlagt.")
    return said


def _is_free(element: str) -> bool:
    return element.startswith("gratis=")


def _riders(trips: Json) -> str:
    if trips["mean"] == 0:
        return "Der bliver kørt lige så mange ture som uden ændringen."
    if not sign_is_sure(trips):
        span = between(trips["p10"], trips["p90"], signed(approximately))
        return f"Om der bliver flere eller færre ture, er usikkert ({span})."
    kind = "færre" if trips["mean"] < 0 else "flere"
    low, high = sorted((abs(trips["p10"]), abs(trips["p90"])))
    span = between(low, high, approximately)
    return f"Vi venter, at der bliver kørt ca. {approximately(abs(trips['mean']))} {kind} ture om året ({span})."


def _cost(cost: Json, prices: str) -> str:
    if cost["mean"] == cost["p10"] == cost["p90"] == 0:
        return "Kommunen bruger det samme som uden ændringen."
    sure = sign_is_sure(cost)
    mean, low, high, unit = amounts(Figure(**cost), signed=not sure)
    if not sure:
        return (
            f"Om kommunen kommer til at bruge mere eller mindre, er usikkert ({low} til {high} {unit} om året{prices})."
        )
    return (
        f"Kommunen bruger ca. {mean} {unit} {'mindre' if cost['mean'] < 0 else 'mere'} om året ({low}-{high}){prices}."
    )


def _prices(comparison: Json) -> Table:
    trips = comparison["citizen_prices"]
    rows = tuple(
        (Cell(option["name"]), *(Cell(_price(trip["oere"][place])) for trip in trips))
        for place, option in enumerate(comparison["options"])
    )
    return Table(f"Prisen for én voksen i {comparison['year']}, kr.", ("valg", *(trip["trip"] for trip in trips)), rows)


def _price(price: Json | None) -> str:
    return "køres ikke" if price is None else kroner(price["adult_phone"])


def _untried(comparison: Json) -> list[str]:
    """Return the options that no published trial says anything of."""
    trials = comparison.get("experiments")
    if trials is None:
        return [o["name"] for o in comparison["options"][1:] if o["extrapolation"]]
    return list(dict.fromkeys(t["option"] for t in trials if t["resemblance"] in WITHOUT_FIGURES))


def _unknown(comparison: Json) -> list[str]:
    others = comparison["options"][1:]
    said = [
        "Tallene er regnet ud. Vi har ikke spurgt dem, der kører.",
        "To tal i parentes betyder: Vi tror, det ender mellem de to.",
    ]
    certainty = comparison.get("fares", {}).get("certainty", "known")
    if certainty != "known":
        said.append(
            "Kommunen har selv skrevet priserne ind."
            if certainty == "entered"
            else "Nogle af priserne er regnet ud. De står ikke i Movias prisliste."
        )
    if not is_own_volume(comparison):
        said.append("Vi kender ikke kommunens eget antal ture. Derfor er der langt mellem de to tal.")
    if others:
        said.append("Vi ved ikke helt, hvem der holder op med at køre, når prisen stiger.")
    new = _untried(comparison)
    if new:
        said.append(f"Vi har ingen tal fra andre kommuner om {listed(new)}. Svaret er derfor mere usikkert.")
    touched = [o["affected_riders"] for o in others if o["affected_riders"]["trips"]["mean"]]
    if touched:
        share = share_cell(touched[0]["older"], touched[0]["trips"])
        said.append(
            f"Vi tror, at folk på 70 år og derover kører {share.text} af de ture, der kan få en ny pris. Vi ved det ikke."
        )
    return said
