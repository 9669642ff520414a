"""The page to the ældre-/seniorråd and handicapråd: plain words, short sentences, the same numbers, about what is in play alone."""

from collections.abc import Sequence

from sim.answer.records import Answer
from sim.answer.records.prices import TripPrice
from sim.telling.figures import KRONER
from sim.telling.paper.in_play import InPlay, in_play, kind_of, value_of
from sim.telling.paper.kroner import OPTION
from sim.telling.paper.texts import day_text, joined, names, option_name, trip_text
from sim.telling.report.headline import change_kroner, kroner_span
from sim.telling.report.phrases import is_own_volume
from sim.telling.section import Bullets, Column, Figure, Item, Paragraph, Rows, Section, Text, sentences
from sim.words.cells import joined as ends
from sim.words.figure import Figure as Published
from sim.words.figure import Interval
from sim.words.numbers import approximately, danish, english_marks, kroner
from sim.words.rounding import COUNT
from tariffs import Certainty

INTRO = Text(
    "Flextur er kørsel, som alle kan bestille. Bilen henter dig ved vejen og kører dig hen til den adresse, du skal til. Du kører"
    " tit sammen med andre. Kommunen er med til at bestemme prisen.",
    "Flextur is transport that anyone can book. The car picks you up at the road and drives you to the address you are going to. You"
    " often ride with others. The municipality helps to decide the price.",
)
READ = Text(
    "I tabellen står prisen for én voksen, som ringer og bestiller. Den er billigere på nettet og for børn under 16 år.",
    "The table has the price for one adult who books by phone. It is lower online and for children under 16.",
)
WITHOUT_FIGURES = ("never", "no_figures")


def councils(comparison: Answer) -> list[Section]:
    """Return the sections, which together fill one page."""
    others, year = comparison.options[1:], comparison.year
    play = in_play(comparison)
    sections = [_opening(comparison)]
    if others:
        unchanged = Item(
            option_name(comparison.options[0]),
            Text(f"Alt er uændret i {year}.", f"Nothing changes in {year}."),
        )
        told = [Item(option_name(o), joined(_changes(comparison, place))) for place, o in enumerate(others, 1)]
        sections.append(
            Section(
                "raad-aendring", Text("Hvad ændrer sig for dig?", "What changes for you?"), (Bullets((unchanged, *told)),), 2
            )
        )  # fmt: skip
    return [
        *sections,
        Section(
            "raad-pris",
            Text("Hvad koster turene?", "What do the trips cost?"),
            (_prices(comparison), Paragraph(READ, "note")),
            2,
        ),
        Section(
            "raad-uvist",
            Text("Hvad ved vi ikke?", "What do we not know?"),
            (sentences(_unknown(comparison, play)),),
            2,
        ),
        Section(
            "raad-spoergsmaal",
            Text("Hvad vil vi gerne høre fra jer?", "What would we like to hear from you?"),
            (sentences(questions(play, several=bool(others))),),
            2,
        ),
    ]


def _opening(comparison: Answer) -> Section:
    today, *others = comparison.options
    start, year, town = comparison.start, comparison.year, comparison.municipality_name
    if others:
        choice = Text(
            f"Kommunen skal vælge, om ordningen skal være uændret i {year}. Her kan du se, hvad der kan vælges, og hvad det betyder.",
            f"The municipality is to choose whether the service stays unchanged in {year}. Here are the choices and what they mean.",
        )
    else:
        choice = Text(
            f"Her kan du se, hvad turene koster. Ordningen hedder {today.name}.",
            f"Here you can see what the trips cost. The service is called {today.name}.",
        )
    told = [choice]
    if start and others:
        day = day_text(start)
        told.append(Text(f"Det nye gælder fra {day.da}.", f"What is new begins {day.en}."))
    title = Text(
        f"Til ældrerådet (seniorrådet) og handicaprådet i {town}",
        f"To the elderly council and the disability council in {town}",
    )
    return Section("raad", title, (Paragraph(INTRO), Paragraph(joined(told))), own_page=True)


def questions(play: InPlay, *, several: bool) -> list[Text]:
    """Return what the councils are asked: of the change, and of the elements in play."""
    asked = []
    if several:
        asked.append(
            Text(
                "Hvad betyder ændringen for ældre og for folk med handicap?",
                "What does the change mean for older people and for people with a disability?",
            )
        )
    if play.dearer or play.closes or play.no_longer_free or not several:
        asked.append(
            Text("Er der ture, som nogen ikke kan undvære?", "Are there trips that someone cannot do without?")
        )
    if play.town:
        asked.append(Text("Er det rimeligt, hvor grænsen for byen går?", "Is the line round the town a fair one?"))
    if play.closes:
        asked.append(
            Text("Hvordan kommer man så rundt i byen?", "How does one then get about in the town?"),
        )
    if play.free:
        to = names(play.free)
        asked += [
            Text(
                f"Er {to.da} det rigtige sted at køre gratis til?", f"Is {to.en} the right place to ride to for free?"
            ),
            Text("Hvem får ikke gavn af det?", "Who does not benefit?"),
        ]
    if play.plustur:
        asked.append(
            Text(
                "Kan I bestille på nettet og skifte til bus eller tog?",
                "Can you book online and change to a bus or a train?",
            )
        )
    if play.plustur_ends:
        asked.append(Text("Hvem savner plustur?", "Who will miss plustur?"))
    return asked


def _changes(comparison: Answer, place: int) -> list[Text]:
    """Say what an option changes: prices, what is free, how many ride, what the municipality pays."""
    return [
        *_new_prices(comparison, place),
        *_other_elements(comparison, place),
        _riders(comparison.options[place].change.trips),
        _cost(comparison, place),
    ]


def _new_prices(comparison: Answer, place: int) -> list[Text]:
    trips, year = comparison.citizen_prices, comparison.year
    moved = [trip for trip in trips if trip.oere[place] != trip.oere[0] and not _becomes_free(trip, place)]
    if not moved:
        if any(_becomes_free(trip, place) for trip in trips):
            return []
        return [Text("Prisen for turene i tabellen er uændret.", "The price of the trips in the table is unchanged.")]
    trip = moved[0]
    named, before, after = trip_text(trip), trip.oere[0], trip.oere[place]
    if after is None:
        said = Text(
            f"En tur på {named.da} kan ikke køres mere.", f"A trip of {named.in_language('en')} is no longer run."
        )
    elif before is None:
        price = kroner(after.adult_phone)
        said = Text(
            f"En tur på {named.da} kan køres igen. Den koster {price} kr.",
            f"A trip of {named.in_language('en')} is run again. It costs DKK {english_marks(price)}.",
        )
    else:
        new, old = kroner(after.adult_phone), kroner(before.adult_phone)
        said = Text(
            f"En tur på {named.da} koster {new} kr. Uden ændringen koster den {old} kr. i {year}.",
            f"A trip of {named.in_language('en')} costs DKK {english_marks(new)}. Unchanged it costs DKK {english_marks(old)} in {year}.",
        )
    if len(moved) == 1:
        return [
            said,
            Text("Prisen for de andre ture i tabellen er uændret.", "The price of the other trips is unchanged."),
        ]
    return [said, Text("Se resten i tabellen.", "See the rest in the table.")]


def _becomes_free(trip: TripPrice, place: int) -> bool:
    """Say whether a typical trip is to a destination that becomes free, of which another sentence tells."""
    after = trip.oere[place]
    return bool(trip.destination) and after is not None and after.adult_phone == 0


def _other_elements(comparison: Answer, place: int) -> list[Text]:
    """Say what changes that the table of typical trips does not show: free destinations and plustur."""
    today, then = (comparison.options[n].elements for n in (0, place))
    plustur = comparison.plustur_prices
    said = []
    was, becomes = _free(today), _free(then)
    for destination in (name for name in becomes if name not in was):
        said.append(
            Text(f"Ture til og fra {destination} bliver gratis.", f"Trips to and from {destination} become free.")
        )
    for destination in (name for name in was if name not in becomes):
        said.append(
            Text(f"Ture til og fra {destination} er ikke gratis mere.", f"Trips to and from {destination} are free no more.")
        )  # fmt: skip
    if "plustur" in then and "plustur" not in today:
        price = kroner(plustur.fare_oere) if plustur else ""
        costs = f" Turen koster {price} kr. og billetten til bus eller tog." if price else ""
        costs_en = f" The trip costs DKK {english_marks(price)} and the ticket for bus or train." if price else ""
        said.append(
            Text(
                f"Plustur kommer til: en bil til bus eller tog, som du bestiller på nettet.{costs}",
                f"Plustur is new: a car to bus or train, which you book online.{costs_en}",
            )
        )
    if "plustur" in today and "plustur" not in then:
        said.append(Text("Plustur bliver nedlagt.", "Plustur is closed."))
    return said


def _free(elements: Sequence[str]) -> list[str]:
    return [value_of(element) for element in elements if kind_of(element) == "gratis"]


def _riders(trips: Published) -> Text:
    if trips.mean == 0:
        return Text(
            "Der bliver kørt lige så mange ture som uden ændringen.", "As many trips are made as without the change."
        )
    if not trips.sign_is_sure:
        span = ends(*COUNT.with_plus().interval(trips))
        return Text(
            f"Om der bliver flere eller færre ture, er usikkert ({span}).",
            f"Whether there will be more or fewer trips is uncertain ({english_marks(span.replace(' til ', ' to '))}).",
        )
    fewer = trips.mean < 0
    low, high = sorted((abs(trips.p10), abs(trips.p90)))
    count, span = approximately(abs(trips.mean)), ends(*COUNT.interval(Interval(low, high)))
    return Text(
        f"Vi venter, at der bliver kørt ca. {count} {'færre' if fewer else 'flere'} ture om året ({span}).",
        f"We expect about {english_marks(count)} {'fewer' if fewer else 'more'} trips a year ({english_marks(span)}).",
    )


def _cost(comparison: Answer, place: int) -> Text:
    """Say how the net cost moves, in the amounts that the paper's first sentences have."""
    cost, price_level = comparison.options[place].change.net_cost_oere, comparison.price_level
    prices = Text(f" i {price_level}-priser", f" in prices of {price_level}") if price_level else Text("", "")
    if cost.is_nothing:
        return Text(
            "Kommunen bruger det samme som uden ændringen.", "The municipality spends the same as without the change."
        )
    span = kroner_span(cost)
    span_en = english_marks(span.replace(" til ", " to "))
    if not cost.sign_is_sure:
        return Text(
            f"Om kommunen kommer til at bruge mere eller mindre, er usikkert ({span} kr. om året{prices.da}).",
            f"Whether the municipality will spend more or less is uncertain (DKK {span_en} a year{prices.en}).",
        )
    less, mean = cost.mean < 0, change_kroner(comparison, place)
    return Text(
        f"Kommunen bruger ca. {mean} kr. {'mindre' if less else 'mere'} om året ({span}){prices.da}.",
        f"The municipality spends about DKK {english_marks(mean)} {'less' if less else 'more'} a year ({span_en}){prices.en}.",
    )


def _prices(comparison: Answer) -> Rows:
    trips, year = comparison.citizen_prices, comparison.year
    columns = (OPTION, *(Column(f"trip-{n}", trip_text(trip), KRONER) for n, trip in enumerate(trips, 1)))
    not_run = Text("køres ikke", "not run")
    rows = tuple(
        (
            option_name(option),
            *(not_run if (price := trip.oere[place]) is None else Figure(price.adult_phone) for trip in trips),
        )
        for place, option in enumerate(comparison.options)
    )  # fmt: skip
    return Rows(
        Text(f"Prisen for én voksen i {year}, kr.", f"The price for one adult in {year}, DKK"), columns, rows
    )  # fmt: skip


def _untried(comparison: Answer) -> list[str]:
    """Return the options that no published trial says anything of."""
    trials = comparison.experiments
    if trials is None:
        return [o.name for o in comparison.options[1:] if o.extrapolation]
    return list(dict.fromkeys(t.option for t in trials if t.resemblance in WITHOUT_FIGURES))


def _unknown(comparison: Answer, play: InPlay) -> list[Text]:
    others = comparison.options[1:]
    said = [
        Text(
            "Tallene er regnet ud. Vi har ikke spurgt dem, der kører.",
            "The figures are calculated. We have not asked those who ride.",
        ),
        Text(
            "To tal i parentes betyder: Vi tror, det ender mellem de to.",
            "Two figures in parentheses mean: we think it ends between the two.",
        ),
    ]
    certainty = comparison.fares.certainty if comparison.fares else Certainty.KNOWN
    if certainty is Certainty.ENTERED:
        said.append(
            Text("Kommunen har selv skrevet priserne ind.", "The municipality has typed the prices in itself.")
        )  # fmt: skip
    elif certainty is not Certainty.KNOWN:
        said.append(
            Text(
                "Nogle af priserne er regnet ud. De står ikke i Movias prisliste.",
                "Some of the prices are calculated. They are not in Movia's price list.",
            )
        )
    if not is_own_volume(comparison):
        said.append(
            Text(
                "Vi kender ikke kommunens eget antal ture. Derfor er der langt mellem de to tal.",
                "We do not know the municipality's own number of trips. So the two figures are far apart.",
            )
        )
    if play.dearer:
        said.append(
            Text(
                "Vi ved ikke helt, hvem der holder op med at køre, når prisen stiger.",
                "We do not quite know who stops riding when the price rises.",
            )
        )
    if play.free:
        said.append(
            Text(
                "Vi ved ikke helt, hvor mange der kommer til, når turen er gratis.",
                "We do not quite know how many more will ride when the trip is free.",
            )
        )
    new = _untried(comparison)
    if new:
        which = names(new)
        said.append(
            Text(
                f"Vi har ingen tal fra andre kommuner om {which.da}. Svaret er derfor mere usikkert.",
                f"We have no figures from other municipalities on {which.en}. So the answer is less sure.",
            )
        )
    touched = [o.riders for o in others if o.riders.trips.mean]
    if touched:
        share = danish(100 * touched[0].older.mean / touched[0].trips.mean)
        said.append(
            Text(
                f"Vi tror, at folk på 70 år eller ældre kører {share} % af de ture, der kan få en ny pris. Vi ved det ikke.",
                f"We think that people of 70 and over make {share} % of the trips that may get a new price. We do not know.",
            )
        )
    return said
