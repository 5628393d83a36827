"""What plain code compares of a line and its translation: figures, names, denials, limits."""

import re
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from chatbot.studio import alike, tongues
from chatbot.studio.tongues import TRANSLATED, Figure, tongue

NAME, TITLES = "Larkspur Kettle", ("Larkspur Kettle", "Brindle Teapot")
LOCALES = {code: code.replace("-", "_").replace("hans", "Hans") for code in TRANSLATED}
HONEST = {
    "The Larkspur Kettle holds 0.9 L and weighs 850 g.": {
        "de": "Der Larkspur Kettle fasst 0,9 Liter und wiegt 850 g.",
        "fr": "Le Larkspur Kettle contient 0,9 litre et pèse 850 g.",
        "es": "El Larkspur Kettle tiene una capacidad de 0,9 l y pesa 850 gramos.",
        "ar": "تتسع Larkspur Kettle لـ 0.9 لتر وتزن 850 غرامًا.",
        "zh-hans": "Larkspur Kettle 容量为0.9升，重850克。",
    },
    "Works on induction, not in the microwave.": {
        "de": "Funktioniert auf Induktion, nicht in der Mikrowelle.",
        "fr": "Fonctionne sur induction, pas au micro-ondes.",
        "es": "Funciona con inducción, no en el microondas.",
        "ar": "يعمل على الحث، ولا يصلح للميكروويف.",
        "zh-hans": "适用于电磁炉，不适用于微波炉。",
    },
    "Stainless steel, BPA-free, with a two-year warranty.": {
        "de": "Edelstahl, BPA-frei, mit zwei Jahren Garantie.",
        "fr": "Acier inoxydable, sans BPA, avec une garantie de deux ans.",
        "es": "Acero inoxidable, sin BPA, con una garantía de 2 años.",
        "ar": "فولاذ مقاوم للصدأ، خالٍ من مادة BPA، مع ضمان لمدة سنتين.",
        "zh-hans": "不锈钢，不含BPA，两年保修。",
    },
    "Keeps drinks hot for up to 6 hours.": {
        "de": "Hält Getränke bis zu 6 Stunden heiß.",
        "fr": "Garde les boissons au chaud jusqu’à 6 heures.",
        "es": "Mantiene las bebidas calientes hasta 6 horas.",
        "ar": "يحافظ على سخونة المشروبات حتى 6 ساعات.",
        "zh-hans": "可为饮品保温最多6小时。",
    },
    "For two people.": {
        "de": "Für zwei Personen.", "fr": "Pour deux personnes.", "es": "Para dos personas.",
        "ar": "لشخصين.", "zh-hans": "适合两人。",
    },
    "All parts except the lid can go in the dishwasher.": {
        "de": "Alle Teile außer dem Deckel dürfen in die Spülmaschine.",
        "fr": "Toutes les pièces sauf le couvercle passent au lave-vaisselle.",
        "es": "Todas las piezas excepto la tapa se pueden lavar en el lavavajillas.",
        "ar": "يمكن وضع جميع الأجزاء في غسالة الصحون باستثناء الغطاء.",
        "zh-hans": "除盖子外，所有部件均可放入洗碗机。",
    },
    "Made of 100% linen, 1,200 W, $1,039.50.": {
        "de": "Aus 100 % Leinen, 1.200 W, 1.039,50 $.",
        "fr": "100 % lin, 1 200 W, 1 039,50 $.",
        "es": "100 % lino, 1200 W, 1.039,50 $.",
        "ar": "مصنوع من كتان ١٠٠٪، ١٬٢٠٠ واط، ١٬٠٣٩٫٥٠ دولار.",
        "zh-hans": "百分之100亚麻，1,200瓦，$1,039.50。",
    },
    "Never rusts; you will like it on day three.": {
        "de": "Rostet nie; am dritten Tag werden Sie es mögen.",
        "fr": "Ne rouille jamais ; vous l’aimerez le troisième jour.",
        "es": "No se oxida nunca; le gustará el tercer día.",
        "ar": "لا يصدأ؛ سيعجبك في اليوم الثالث.",
        "zh-hans": "不会生锈；到第三天您会喜欢它。",
    },
    "Sent within 2 business days, a dozen in a box.": {
        "de": "Versand innerhalb von 2 Werktagen, ein Dutzend in einer Schachtel.",
        "fr": "Expédié dans les 2 jours ouvrés, une douzaine par boîte.",
        "es": "Se envía dentro de 2 días hábiles, una docena por caja.",
        "ar": "يُرسل خلال 2 أيام عمل، 12 في العلبة.",
        "zh-hans": "2个工作日内,一盒十二个。",
    },
    "Rated IPX7; measures 20 x 30 cm.": {
        "de": "Schutzart IPX7; misst 20 × 30 cm.",
        "fr": "Certifié IPX7 ; mesure 20 x 30 cm.",
        "es": "Certificado IPX7; mide 20 x 30 cm.",
        "ar": "مصنّف IPX7؛ مقاسه 20 × 30 سم.",
        "zh-hans": "防水等级IPX7；尺寸20×30厘米。",
    },
    "Opened bags cannot be returned unless they are faulty.": {
        "de": "Geöffnete Packungen können nicht zurückgegeben werden, es sei denn, sie sind kaputt.",
        "fr": "Les sachets ouverts ne peuvent pas être retournés, à moins qu’ils ne soient abîmés.",
        "es": "Las bolsas abiertas no se pueden devolver, a menos que estén defectuosas.",
        "ar": "لا يمكن إرجاع الأكياس المفتوحة إلا إذا كانت معيبة.",
        "zh-hans": "已开封的袋装商品不可退货，除非有缺陷。",
    },
}  # fmt: skip
PAIRS = [(en, code, said) for en, all_of in HONEST.items() for code, said in all_of.items()]
LIES = [  # English, language, a lie, what is told of it
    ("Holds 0.9 L.", "de", "Fasst 9 l.", "otherwise: 0.9 l"),
    ("Holds 0.9 L.", "fr", "Contient 0,9 ml.", "has not: 0.9 ml"),
    ("Runs 1,500 hours.", "de", "Läuft 1,500 Stunden.", "has not: 1.5 h"),
    ("For two people.", "de", "Für drei Personen.", "otherwise: 2"),
    ("For two people.", "ar", "لثلاثة أشخاص.", "has not: 3"),
    ("For two people.", "zh-hans", "适合三人。", "has not: 3"),
    ("5 years of warranty.", "es", "5 meses de garantía.", "otherwise: 5 year"),
    ("Rated IPX7.", "de", "Schutzart IPX8.", "otherwise: IPX7"),
    ("Costs $39.", "fr", "Coûte 39 €.", "has not: 39 €"),
    ("Cools to -5 °C.", "de", "Kühlt auf 5 °C.", "otherwise: -5 °C"),
    ("A kettle.", "es", "Un hervidor de 2 litros.", "has not: 2 l"),
    ("Not for the microwave.", "fr", "Pour le micro-ondes.", "the English denies once"),
    ("No BPA and no lead.", "es", "Sin BPA y con plomo.", "the English denies twice, this once"),
    ("For the microwave.", "ar", "ليس للميكروويف.", "this denies once"),
    ("Only the lid is dishwasher-safe.", "de", "Der Deckel ist spülmaschinenfest.", "restricts"),
    ("All but washable, except the lid.", "zh-hans", "全部可洗，包括盖子。", "exceptions once"),
    ("Keeps hot for up to 6 hours.", "zh-hans", "保温至少6小时。", "limits upwards once"),
    ("Holds at least 6 hours.", "es", "Aguanta hasta 6 horas.", "limits downwards once"),
    ("Take it back if it is faulty.", "fr", "Rendez-le.", "sets conditions"),
    ("A kettle.", "de", "Der beste Kessel.", "nothing of the kind: beste"),
    ("A kettle.", "fr", "Une bouilloire offerte.", "nothing of the kind: offerte"),
    ("A kettle.", "de", "Unser Bestseller.", "nothing of the kind: Bestseller"),
    ("A kettle.", "fr", "La bouilloire la plus vendue.", "nothing of the kind: plus vendue"),
    ("A kettle.", "es", "El hervidor más vendido.", "nothing of the kind: más vendido"),
    ("A kettle.", "ar", "الغلاية الأكثر مبيعًا.", "nothing of the kind"),
    ("A kettle.", "zh-hans", "畅销水壶。", "nothing of the kind: 畅销"),
    ("Sent in 2 business days.", "de", "Versand in 2 Tagen.", "otherwise: 2 workday"),
    ("A kettle.", "de", "Ein Dutzend Kessel.", "has not: 12"),
    ("A kettle.", "zh-hans", "环保水壶。", "nothing of the kind: 环保"),
    ("A kettle.", "de", "Besser als der Brindle Teapot.", "another product: Brindle Teapot"),
    ("The Larkspur Kettle is here.", "de", "Der Lerchenkessel ist da.", "name is missing"),
    ("A kettle.", "de", "Mehr auf www.kessel.example", "a link"),
    ("A kettle.", "es", "Un <b>hervidor</b>.", "a tag"),
    ("A kettle.", "fr", "Une bouilloire ★★★★★.", "signs"),
    ("A kettle.", "de", "Ein \u202eKessel.", "signs"),
    ("A kettle.", "de", "", "not translated yet"),
    ("Made of steel in a small workshop by the sea.", "de",
     "Made of steel in a small workshop by the sea.", "it reads like en"),
    ("Made by hand.", "ar", "Made by hand.", "not written in ar"),
]  # fmt: skip


def found(english, code, said):
    return alike.differences(english, said, code, NAME, TITLES)


@pytest.mark.parametrize(("english", "code", "said"), PAIRS)
def test_an_honest_translation_differs_in_nothing(english, code, said):
    assert found(english, code, said) == []


@pytest.mark.parametrize(("english", "code", "lie", "why"), LIES)
def test_a_lie_is_found_and_named(english, code, lie, why):
    assert any(why in fault for fault in found(english, code, lie))


@pytest.mark.parametrize(("english", "code", "said"), PAIRS)
def test_no_figure_of_a_translation_can_become_another(english, code, said):
    for digit in re.finditer(r"\d", said):
        lie = f"{said[: digit.start()]}{(int(digit[0]) + 1) % 10}{said[digit.end() :]}"
        assert found(english, code, lie), lie


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_of_one_line_passes_for_one_of_another_that_limits_otherwise(code):
    told = {en: (tongue("en").figures(en), tongue("en").bounds(en)) for en in HONEST}
    for english, all_of in HONEST.items():
        for other in HONEST:
            if told[english] != told[other]:
                assert found(other, code, all_of[code]), (other, all_of[code])


@pytest.mark.parametrize(
    "guard", ["_figures", "_bounds", "_promises", "_names", "_signs", "foreign"]
)
def test_without_a_guard_some_lie_would_pass(guard, monkeypatch):
    monkeypatch.setattr(alike, guard, lambda *_about: [])
    assert not all(found(english, code, lie) for english, code, lie, _why in LIES)


def test_of_many_products_only_those_that_stand_there_are_looked_at_closely(monkeypatch):
    called, asked = alike._called, []
    monkeypatch.setattr(alike, "_called", lambda name: asked.append(name) or called(name))
    titles = [f"Kettle {n}" for n in range(1000)]
    told = alike.differences("A kettle.", "Wie Kettle 7.", "de", NAME, titles)
    assert "another product: Kettle 7" in told and len(asked) < 10


def number(places):
    return st.decimals(0, 10**7, places=places, allow_nan=False, allow_infinity=False)


@given(
    st.integers(0, 4).flatmap(number),
    st.sampled_from(TRANSLATED),
    st.sampled_from(["g", "cm", "%"]),
)
def test_any_number_is_the_same_as_each_language_writes_it(value, code, unit):
    """As the locale data of babel has it, and one that differs in a digit is another."""
    pattern = "#,##0.####"
    english = f"It is {format_decimal(value, pattern, 'en')} {unit}."
    theirs = format_decimal(value, pattern, LOCALES[code])
    assert found(english, code, f"{theirs} {unit}") == []
    more = format_decimal(value + Decimal("0.1"), pattern, LOCALES[code])
    assert found(english, code, f"{more} {unit}")


@given(st.integers(2, 99999))
def test_a_number_in_chinese_numerals_is_read_as_it_is_spoken(value):
    signs = zip(f"{value:05d}", ("万", "千", "百", "十", ""), strict=True)
    spoken = "".join(
        "零" if d == "0" else "一二三四五六七八九"[int(d) - 1] + sign for d, sign in signs
    )
    told = re.sub("^一十", "十", re.sub("零+", "零", spoken).strip("零"))
    assert tongue("zh-hans").figures(f"{told}件") == {Figure(str(value)): 1}


def test_the_arabic_dual_stands_for_as_many_twos_as_there_are_duals():
    said = "سحابان تحت الإبط، وجيبان لليدين."
    assert found("Two pit zips, two hand pockets.", "ar", said) == []
    assert found("Two pit zips, two hand pockets, two loops, two hooks.", "ar", said)


def test_whole_texts_in_the_wrong_language_are_found_though_no_line_is_long():
    lines = ["Made of brushed steel", "Works on induction", "Gets hot in a minute"]
    assert alike.whole(lines, "de", NAME) and not any(found(one, "de", one) for one in lines)


def test_every_list_has_all_that_is_compared():
    for code in TRANSLATED:
        own = tongue(code)
        assert {*own.groups} == {*tongues.GROUPS} and {*own.promises} == {*tongue("en").promises}
