"""What is done with a verb of saying is not said: who is greeted, called by telephone, what is won or defended."""

import pytest

from tests.unit.extracting.languages.said import said

DEEDS = """
en | President Tokayev welcomed his Russian counterpart at the airport.
en | Xi Jinping welcomed Russian President Vladimir Putin in Beijing on Tuesday.
en | She called the police after the accident.
en | The storm claimed twelve lives on Monday.
en | The Kazakh boxer defended his title in Riyadh.
de | Xi Jinping begrüßte Wladimir Putin am Dienstag in Peking.
de | Am Flughafen begrüßte der Premier die chinesische Delegation.
es | El presidente saludó a su homólogo ruso en el aeropuerto.
es | El boxeador kazajo defendió su título en Riad.
fr | La ministre a salué les invités venus de dix pays.
fr | Le public a applaudi le but.
"""
SAID = """
en | The leaders welcomed the Paris Agreement on borders.
en | The leaders welcomed the president's decision in Geneva.
en | The minister welcomed the students as heroes of the city.
en | The critic called the police a disgrace to the town.
en | The boxer claimed the title was stolen from him.
en | The minister defended the reform in parliament.
de | Die Staatschefs begrüßten das Abkommen über die Grenzen.
de | Der Präsident begrüßte die Sportler als Helden der Nation.
es | Los líderes saludaron el acuerdo sobre las fronteras.
es | El presidente saludó a los médicos por su valiente labor.
fr | Le président a salué les joueurs pour leur courage.
"""


@pytest.mark.parametrize("line", DEEDS.strip().splitlines())
def test_what_is_done_is_not_said(line: str) -> None:
    language, _, text = line.partition(" | ")
    assert said(language, text) == []


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_what_is_judged_is_said(line: str) -> None:
    language, _, text = line.partition(" | ")
    assert len(said(language, text)) == 1
