"""The rules of counting, each stated as its article does, on any date and any length."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import assume, example, given
from hypothesis import strategies as st

from calculators.calendar import add_months
from calculators.delais.distance import Augmentation, Eloignement
from calculators.delais.inputs import Distance, Temple
from calculators.delais.readings import Ressort, calculate_readings
from calculators.delais.rules import Duree, count, days
from calculators.delais.words.count import counted_days
from calculators.errors import CoverageError
from calculators.holidays import Calendrier, covered_by
from calculators.language import FRENCH
from calculators.law import Prorogation, Unite, law
from calculators.outcome import Answered, ask_calculator
from calculators.registry import get
from calculators.territory import Territoire

if TYPE_CHECKING:
    from datetime import time

    from calculators.delais.rules import Decompte

ONE_DAY = timedelta(days=1)
CONDITIONS = [frozenset[str](), frozenset({"temple"}), frozenset({"saint_martin_27"}), frozenset({"saint_martin_28"})]
BY_MONTHS = [Unite.MOIS, Unite.ANNEES]
BY_WORKING_DAYS = [Unite.JOURS_OUVRABLES, Unite.JOURS_OUVRES]
LAWFUL = [t for t in Territoire if t is not Territoire.DROIT_PROPRE]

#: Events far enough from the first and last years covered for any length below.
events = st.dates(date(2012, 1, 1), date(2096, 12, 31))
places = st.builds(Calendrier, st.sampled_from(LAWFUL), st.just(law()), st.sampled_from(CONDITIONS))
#: Of whole days: hours have rules of their own, below.
units = st.sampled_from([unit for unit in Unite if unit is not Unite.HEURES])
lengths = st.integers(1, 40)
months_before = st.sampled_from([0, 0, 1, 2, 13])


@st.composite
def periods(draw: st.DrawFn, unit: st.SearchStrategy[Unite] = units) -> Duree:
    chosen = draw(unit)
    most = 2 if chosen is Unite.ANNEES else 24 if chosen is Unite.MOIS else 40
    return Duree(draw(st.integers(1, most)), chosen, draw(months_before))


def is_excluded(day: date, place: Calendrier) -> bool:
    """CPC 642, al. 2: a Saturday, a Sunday, a public holiday."""
    return day.weekday() >= 5 or place.ferie(day) is not None


@given(events, lengths, places)
def test_the_day_of_the_event_does_not_count(event: date, length: int, place: Calendrier) -> None:
    """CPC 641, al. 1: « celui de l'acte, de l'événement, de la décision ou de la notification […] ne compte pas »."""
    compte = count(event, Duree(length, Unite.JOURS), place, proroge=False)
    assert compte.terme == event + length * ONE_DAY
    counted = list(days(compte))
    assert (counted[0].jour, counted[0].numero) == (event, None)
    assert [day.numero for day in counted[1:]] == list(range(1, length + 1))


@given(events, st.integers(1, 40), st.sampled_from(BY_MONTHS), places)
def test_months_and_years_go_to_the_same_day_or_to_the_last(
    event: date, length: int, unit: Unite, place: Calendrier
) -> None:
    """CPC 641, al. 2: the day of the last month that bears the same number; failing one, the last day of the month."""
    length = min(length, 2) if unit is Unite.ANNEES else length
    end = count(event, Duree(length, unit), place, proroge=False).terme
    elapsed = (end.year - event.year) * 12 + end.month - event.month
    assert elapsed == length * (12 if unit is Unite.ANNEES else 1)
    last = monthrange(end.year, end.month)[1]
    assert end.day == event.day or (end.day == last and event.day > last)


@given(events, st.integers(1, 24), st.integers(1, 40), places)
def test_months_are_counted_before_days(event: date, months: int, more: int, place: Calendrier) -> None:
    """CPC 641, al. 3: « Lorsqu'un délai est exprimé en mois et en jours, les mois sont d'abord décomptés, puis les jours »."""  # noqa: E501  # the article's sentence
    mixed = count(event, Duree(more, Unite.JOURS, months), place, proroge=False)
    assert mixed.terme == add_months(event, months) + more * ONE_DAY


@given(events, periods(), places)
def test_an_extended_end_is_a_working_day(event: date, period: Duree, place: Calendrier) -> None:
    """CPC 642, al. 2: an end on a Saturday, a Sunday or a holiday goes to the next working day, no further."""
    compte = count(event, period, place)
    assert not is_excluded(compte.echeance, place)
    between = [compte.terme + n * ONE_DAY for n in range((compte.echeance - compte.terme).days)]
    assert all(is_excluded(day, place) for day in between)
    assert compte.prolonge is is_excluded(compte.terme, place)


@given(events, periods(), places)
def test_what_is_not_extended_ends_where_it_falls(event: date, period: Duree, place: Calendrier) -> None:
    compte = count(event, period, place, proroge=False)
    assert compte.echeance == compte.terme == count(event, period, place).terme


@given(events, periods(), places)
def test_a_period_counted_backwards_is_never_extended(event: date, period: Duree, place: Calendrier) -> None:
    """CPC 642 moves no backward period: what falls on a day off must be done before."""
    compte = count(event, period, place, rebours=True)
    assert compte.terme < event
    assert compte.echeance <= compte.terme
    assert not is_excluded(compte.echeance, place)
    between = [compte.echeance + n * ONE_DAY for n in range(1, (compte.terme - compte.echeance).days + 1)]
    assert all(is_excluded(day, place) for day in between)


@given(events, st.integers(0, 60), periods(), places)
def test_a_later_event_never_ends_earlier(event: date, gap: int, period: Duree, place: Calendrier) -> None:
    later = event + gap * ONE_DAY
    for backwards in (False, True):
        first = count(event, period, place, rebours=backwards)
        second = count(later, period, place, rebours=backwards)
        assert first.terme <= second.terme
        assert first.echeance <= second.echeance


@given(events, periods(), places)
def test_one_unit_more_ends_later(event: date, period: Duree, place: Calendrier) -> None:
    longer = Duree(period.nombre + 1, period.unite, period.mois)
    assert count(event, period, place).terme < count(event, longer, place).terme
    assert count(event, longer, place, rebours=True).terme < count(event, period, place, rebours=True).terme


@given(events, st.times(), st.integers(1, 96), places)
def test_hours_run_from_the_event_one_by_one(event: date, hour: time, length: int, place: Calendrier) -> None:
    """CPC 640: the period has its origin in the event; no text leaves out the day of it for a period in hours."""
    compte = count(event, Duree(length, Unite.HEURES), place, proroge=False, heure=hour)
    assert datetime.combine(*compte.fin) - datetime.combine(event, hour) == timedelta(hours=length)
    assert compte.terme == compte.echeance


@given(events, st.times(), st.integers(1, 96), st.sampled_from(LAWFUL))
def test_of_hours_the_safe_end_is_the_hour_and_the_other_is_what_642_would_say(
    event: date, hour: time, length: int, territoire: Territoire
) -> None:
    """CPC 642, if it holds of hours: they run to midnight of the last day, and a day off moves it to a working day."""
    found = calculate_readings(
        event,
        Duree(length, Unite.HEURES),
        Ressort(territoire, law()),
        prorogation=Prorogation.OUVERTE,
        heure=hour,
    )
    assert found.ouverte
    assert found.retenue == found.premiere
    assert datetime.combine(*found.premiere.fin) == datetime.combine(event, hour) + timedelta(hours=length)
    last = found.derniere
    assert last.heure is None
    assert not is_excluded(last.echeance, last.calendrier)
    assert all(is_excluded(last.terme + n * ONE_DAY, last.calendrier) for n in range((last.echeance - last.terme).days))


@given(events, lengths, st.sampled_from([Unite.JOURS, Unite.JOURS_FRANCS, Unite.SEMAINES]), places)
def test_forwards_then_backwards_is_where_it_began(event: date, length: int, unit: Unite, place: Calendrier) -> None:
    """Days and weeks are the same both ways; months are not, after a short one."""
    end = count(event, Duree(length, unit), place).terme
    assert count(end, Duree(length, unit), place, rebours=True).terme == event


@given(events, lengths, st.sampled_from(BY_WORKING_DAYS), places)
def test_working_days_forwards_and_backwards_agree(event: date, length: int, unit: Unite, place: Calendrier) -> None:
    """From a day that counts, as many such days forwards then backwards lead back to it."""
    assume(place.is_ouvre(event))
    end = count(event, Duree(length, unit), place).terme
    assert count(end, Duree(length, unit), place, rebours=True).terme == event


@given(events, st.integers(1, 24), places)
def test_months_forwards_and_backwards_agree_but_for_short_months(event: date, months: int, place: Calendrier) -> None:
    end = count(event, Duree(months, Unite.MOIS), place).terme
    back = count(end, Duree(months, Unite.MOIS), place, rebours=True).terme
    assert back == event if end.day == event.day else back < event


@given(events, lengths, places)
def test_a_jour_franc_period_is_one_day_longer(event: date, length: int, place: Calendrier) -> None:
    """Jours francs: neither the first day nor the last counts, so the act may be done one day later."""
    plain = count(event, Duree(length, Unite.JOURS), place)
    franc = count(event, Duree(length, Unite.JOURS_FRANCS), place)
    assert franc.terme == plain.terme + ONE_DAY
    numbered = [day.numero for day in days(franc) if day.numero is not None]
    assert numbered == list(range(1, length + 1))


@given(events, lengths, places)
def test_jours_ouvrables_and_jours_ouvres(event: date, length: int, place: Calendrier) -> None:
    """A jour ouvré is ouvrable, a jour ouvrable is a day: so many of the rarer take at least as long."""
    plain, ouvrables, without_saturdays, ouvres = (
        count(event, Duree(length, unit), place, samedi_ouvrable=saturday).terme
        for unit, saturday in (
            (Unite.JOURS, True),
            (Unite.JOURS_OUVRABLES, True),
            (Unite.JOURS_OUVRABLES, False),
            (Unite.JOURS_OUVRES, True),
        )
    )
    assert plain <= ouvrables <= ouvres == without_saturdays
    between = [event + n * ONE_DAY for n in range(1, (ouvrables - event).days + 1)]
    counted = [day for day in between if day.weekday() != 6 and place.ferie(day) is None]
    assert len(counted) == length
    assert counted[-1] == ouvrables


@given(events, periods(), places, st.booleans())
def test_each_day_is_shown_once_and_in_order(event: date, period: Duree, place: Calendrier, backwards: bool) -> None:  # noqa: FBT001  # drawn
    compte = count(event, period, place, rebours=backwards)
    shown = list(days(compte))
    way = -1 if backwards else 1
    assert [day.jour for day in shown] == [event + way * n * ONE_DAY for n in range(len(shown))]
    assert shown[-1].jour == compte.echeance
    numbers = [day.numero for day in shown if day.numero is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    if not period.mois and period.unite not in BY_MONTHS:
        assert len(numbers) == period.nombre * (7 if period.unite is Unite.SEMAINES else 1)
    for day in shown[1:]:
        if day.jour.weekday() == 6:
            assert day.repos is not None
    told = list(counted_days(compte, FRENCH))
    assert [day.numero for day in told] == [day.numero for day in shown][: len(told)]
    assert all(day.raison for day in told if day.numero is None)


# ---------------------------------------------------------------- readings


def readings_of(
    event: date, period: Duree, territoire: Territoire, temple: Temple, prorogation: Prorogation
) -> list[Decompte]:
    calcul = calculate_readings(event, period, Ressort(territoire, law(), temple), prorogation=prorogation)
    return [reading.compte for reading in calcul.lectures]


def conditions_of(territoire: Territoire, temple: Temple) -> list[frozenset[str]]:
    """What may be a holiday in that place (C. trav. L3134-13, L3422-2), from what is known of it."""
    if territoire is Territoire.SAINT_MARTIN:
        return [frozenset({"saint_martin_27"}), frozenset({"saint_martin_28"})]
    if territoire is not Territoire.ALSACE_MOSELLE:
        return [frozenset()]
    with_temple, without = frozenset({"temple"}), frozenset[str]()
    return {Temple.OUI: [with_temple], Temple.NON: [without], Temple.INCONNU: [with_temple, without]}[temple]


@given(events, periods(), st.sampled_from(LAWFUL), st.sampled_from(list(Temple)), st.sampled_from(list(Prorogation)))
def test_the_safe_date_is_the_earliest_reading(
    event: date, period: Duree, territoire: Territoire, temple: Temple, prorogation: Prorogation
) -> None:
    """Counted under each answer to each open point, one by one: nobody who keeps the safe date is ever late."""
    calcul = calculate_readings(event, period, Ressort(territoire, law(), temple), prorogation=prorogation)
    extended = {Prorogation.OUI: [True], Prorogation.NON: [False], Prorogation.OUVERTE: [True, False]}[prorogation]
    ends = sorted(
        count(
            event, period, Calendrier(territoire, law(), conditions), samedi_ouvrable=saturday, proroge=proroge
        ).echeance
        for conditions in conditions_of(territoire, temple)
        for saturday in (True, False)
        for proroge in extended
    )
    assert (calcul.au_plus_tot, calcul.au_plus_tard) == (ends[0], ends[-1])
    assert calcul.retenue is calcul.lectures[0].compte
    assert calcul.ouverte is (len(set(ends)) > 1)
    # no reading twice, and each told apart by its words
    assert len({(r.compte.terme, r.compte.echeance) for r in calcul.lectures}) == len(calcul.lectures)
    if len(calcul.lectures) > 1:
        words = [reading.suppose for reading in calcul.lectures]
        assert len(set(words)) == len(words)
        assert all(words)
    assert len({reading.cle for reading in calcul.lectures}) == len(calcul.lectures)


@given(events, periods(st.sampled_from([Unite.JOURS, Unite.MOIS])), st.sampled_from(LAWFUL))
def test_readings_are_those_of_the_open_points_and_no_other(event: date, period: Duree, territoire: Territoire) -> None:
    """Where nothing is open, there is one reading."""
    found = readings_of(event, period, territoire, Temple.NON, Prorogation.OUI)
    if territoire is not Territoire.SAINT_MARTIN:
        assert len(found) == 1
    assert len(readings_of(event, period, territoire, Temple.NON, Prorogation.OUVERTE)) <= 2 * len(found) + 1


@given(events, periods(), st.sampled_from(LAWFUL), st.sampled_from(list(Prorogation)))
def test_an_unknown_commune_has_the_readings_of_both(
    event: date, period: Duree, territoire: Territoire, prorogation: Prorogation
) -> None:
    """Not knowing whether Good Friday counts gives the dates of those who know, and no other."""
    assume(territoire is Territoire.ALSACE_MOSELLE or event.day < 10)
    both = {
        (compte.terme, compte.echeance)
        for temple in (Temple.OUI, Temple.NON)
        for compte in readings_of(event, period, territoire, temple, prorogation)
    }
    unknown = {(c.terme, c.echeance) for c in readings_of(event, period, territoire, Temple.INCONNU, prorogation)}
    assert unknown == both


@example(date(2042, 1, 29), Duree(2, Unite.ANNEES), Distance.UN_MOIS)  # 29 February 2044, not the 28th
@given(events, periods(), st.sampled_from([Distance.UN_MOIS, Distance.DEUX_MOIS]))
def test_distance_adds_its_months_once(event: date, period: Duree, distance: Distance) -> None:
    """CPC 643, 644: « augmentés de un mois », « de deux mois »; the longer period is extended once, at its end."""
    place = Ressort(Territoire.METROPOLE, law())
    added = {Distance.UN_MOIS: 1, Distance.DEUX_MOIS: 2}[distance]
    plain = calculate_readings(event, period, place).retenue
    longer = calculate_readings(event, period, place, augmentation=Augmentation(added, Eloignement.DITE, ())).retenue
    assert plain.terme < longer.terme
    if period.unite in BY_MONTHS:
        months = period.mois + period.nombre * (12 if period.unite is Unite.ANNEES else 1)
        assert longer.terme == add_months(event, months + added)
    elif period.unite is Unite.JOURS:
        assert longer.terme == add_months(event, period.mois + added) + period.nombre * ONE_DAY


@example(date(2100, 12, 31), 1, Unite.MOIS, False)  # noqa: FBT003  # an end that is not extended is in the years too
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(1, 9999), units, st.booleans())
def test_beyond_the_years_covered_is_refused(event: date, length: int, unit: Unite, backwards: bool) -> None:  # noqa: FBT001  # drawn
    """Either every day is inside the years whose holidays are known, or the answer is a refusal."""
    place = Calendrier(Territoire.METROPOLE, law())
    try:
        compte = count(event, Duree(length, unit), place, rebours=backwards, proroge=length % 2 == 0)
    except CoverageError as refusal:
        assert "Les jours fériés sont connus" in refusal.message  # noqa: PT017  # not every draw is refused
        return
    first, last = covered_by(law())
    for day in (event, compte.terme, compte.echeance):
        assert first <= day <= last


def wage(place: Territoire, **days: date) -> Answered:
    told = {"situation": "saisie-remunerations", "role_salaire": "debiteur", "territoire": place.value}
    outcome = ask_calculator(get("delais"), {**told, **{name: day.isoformat() for name, day in days.items()}})
    assert isinstance(outcome, Answered), outcome
    return outcome


def last_day_to_challenge(outcome: Answered) -> date:
    """Of a wage, by every reading of the law."""
    month = "saisie-remunerations.contestation"
    (safe,) = (event.jour for event in outcome.result.evenements if event.cle == month)
    readings = [reading for reading in outcome.result.lectures if reading.cle.startswith(f"{month}.")]
    ends = [value.quantite for reading in readings for value in reading.valeurs if value.cle == "echeance"]
    return max([safe, *(end for end in ends if isinstance(end, date))])


@given(st.dates(date(2025, 7, 1), date(2090, 12, 31)), st.sampled_from(LAWFUL))
def test_a_wage_is_not_seized_on_a_day_when_it_can_still_be_challenged(ordered: date, place: Territoire) -> None:
    """CPCE L212-2, L212-4: the seizure waits for the whole month to challenge it, and begins on the day after."""
    last = last_day_to_challenge(wage(place, aujourdhui=ordered, date_commandement=ordered))
    for served, too_early in ((last, True), (last + ONE_DAY, False)):
        later = wage(place, aujourdhui=served, date_commandement=ordered, date_pv=served)
        assert ("la loi fait attendre" in later.result.resume) is too_early
