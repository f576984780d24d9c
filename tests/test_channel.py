"""The forward channel makes of whole text exactly what stands on the pages."""

import pytest

from analysis.cleaning.torn.gbk import fold_width
from analysis.cleaning.torn.mirror_script import to_mirror_script
from analysis.cleaning.torn.noise_model import READINGS, damage_text
from analysis.zh.pinyin import is_reading

# left what stood there, right what three pages in the corpus show
SEEN = [
    ("取得了顯著成效。現將有關情況", "取得了顯著成效?,F(xiàn)將有關(guān)情況"),
    ("青海“民法典進", "青?!懊穹ǖ溥M(jìn)"),
    ("各方面。科學謀劃", "各方面??茖W(xué)謀劃"),
    ("落實情況納入區委第三輪", "落實(shí)情況納入?yún)^(qū)委第三輪"),
    ("人民日報《內部參閱》", "人民日?qǐng)?bào)《內(nèi)部參閱》"),
    ("　（一）深入貫徹落實“一規劃", "?。ㄒ唬┥钊胴瀼芈鋵?shí)“一規(guī)劃"),
    ("　（二）有效推進法治建設", "?。ǘ┯行七M(jìn)法治建設(shè)"),
    ("　（三）高位推進法治", "?。ㄈ└呶煌七M(jìn)法治"),
    ("　（四）推動法治環境", "?。ㄋ模┩苿?dòng)法治環(huán)境"),
    ("　（三）法治建設氛圍", "?。ㄈ┓ㄖ谓ㄔO(shè)氛圍"),
    ("　（一）進一步提升", "?。ㄒ唬┻M(jìn)一步提升"),
    ("執法領域實施伴隨式監督", "執(zhí)法領(lǐng)域?qū)嵤┌殡S式監(jiān)督"),
    ("在環保、安監等", "在環(huán)保、安監(jiān)等"),
]


@pytest.mark.parametrize(("whole", "page"), SEEN, ids=[whole[:8] for whole, _ in SEEN])
def test_the_channel_gives_the_page(whole, page):
    assert damage_text(whole) == page


def test_without_readings_and_marks_only_the_width_changes():
    text = "區政府依法行政，成效明顯！（三）"
    assert damage_text(text, readings={}, marks="") == fold_width(text)


def test_every_reading_of_the_table_is_a_reading_of_its_character():
    assert all(is_reading(character, reading=reading) for character, reading in READINGS.items())
    assert len(READINGS) == 92


def test_a_character_outside_gbk_is_refused_and_named():
    with pytest.raises(ValueError, match="not in GBK"):
        damage_text("依法\U00020000行政")


def test_the_mirror_script_keeps_the_length():
    text = "发展、复杂、台湾，里面"
    assert len(to_mirror_script(text)) == len(text)
