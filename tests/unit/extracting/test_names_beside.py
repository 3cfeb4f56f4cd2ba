"""What stands beside a name decides: short forms that support surnames, offices, marks, the other half of a word."""

from datetime import date

import pytest

from consumers.extracting.names import find_names
from service.actors import Catalogue, load_catalogue

FOUND = """
ru | Рубио: США готовы к переговорам | Marco Rubio; United States
ru | Каллас: ЕС введёт новые санкции | Kaja Kallas; European Union
ru | Глава российского МИД Лавров заявил | Russia; Sergey Lavrov
ru | МИД РК сообщил о встрече | Kazakhstan
ru | ТОКАЕВ ПРИНЯЛ МИРЗИЁЕВА | Kassym-Jomart Tokayev; Shavkat Mirziyoyev
ru | Американо-китайские переговоры | United States; China
ru | Ирано-израильский конфликт | Iran; Israel
ru | «Россия готова», — сказал он | Russia
uk | ЗЕЛЕНСЬКИЙ ЗУСТРІВСЯ З МАКРОНОМ | Volodymyr Zelensky; Emmanuel Macron
en | Sino-Indian border talks | China; India
en | Russia will host the SCO summit | Russia; Shanghai Cooperation Organisation
en | The US open to talks with Iran | United States; Iran
en | Rubio: US ready for talks | Marco Rubio; United States
fr | Le conflit israélo-palestinien | Israel; Palestine
fr | Les Émirats ont intercepté trois missiles | United Arab Emirates
es | El canciller indio viajó | India
es | El presidente de Guinea-Bissau fue detenido | Guinea-Bissau
de | Dmitri Medwedew warnt | Dmitry Medvedev
vi | Hàn Quốc cho biết Bắc Hàn đã phóng tên lửa | South Korea; North Korea
ar | المدرب المصري حسام حسن | Egypt
zh | 多米尼加总统访问 | Dominican Republic
zh | 上合峰会在比什凯克举行 | Shanghai Cooperation Organisation
"""
NOBODY = """
ru | МАРИЯ ПУТИНА ПОБЕДИЛА НА ТУРНИРЕ
ru | Они жили в гостинице «Украина».
ru | Телеканал «Россия 24» сообщил.
ru | Борщ по-украински и кофе по-турецки.
ru | Вчера Виктор Бельгийский победил.
ru | Он говорил на немецком языке.
uk | Розмова українською мовою.
kk | Ол неміс тілі сабағында отыр.
en | Brigitte Macron filed suit.
en | The Indo-Pacific strategy and the Franco-Prussian war.
en | SCO Group sued over Linux.
fr | La région Île-de-France a voté.
es | El Granada empató en casa.
de | Trainer Peter Merz lobte das Team. Merz sagte, es sei müde.
en | Eric Rutte, a farmer, came. Rutte said it rained.
es | Los pueblos indios protestan.
vi | Ca sĩ Đức Phúc ra album.
vi | Em học tiếng Anh ở trường.
ar | قال الكاتب محمود المصري إن الكتاب جديد
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def named(catalogue: Catalogue, language: str, text: str) -> list[str]:
    mentions = find_names(text, language, catalogue, at=date(2026, 11, 26))
    return [catalogue.get(mention.actor or "").label() for mention in mentions if mention.how != "title"]


@pytest.mark.parametrize("line", FOUND.strip().splitlines())
def test_what_stands_beside_a_name_tells_whose_it_is(catalogue: Catalogue, line: str) -> None:
    language, text, names = line.split(" | ")
    assert named(catalogue, language, text) == names.split("; ")


@pytest.mark.parametrize("line", NOBODY.strip().splitlines())
def test_what_stands_beside_a_name_makes_it_another(catalogue: Catalogue, line: str) -> None:
    language, text = line.split(" | ")
    assert named(catalogue, language, text) == []
