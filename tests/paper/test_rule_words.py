"""Rules of indicators as sentences."""

import pytest

from fieldapp.paper.rule_words import rule_words
from fieldapp.survey.questionnaire import load

ASKED = load("household-1").questions


@pytest.mark.parametrize(("rule", "said"), [
    ("${phone} = 'smartphone'", "“Điện thoại” là “Thông minh”"),
    ("'none' != ${phone}", "“Điện thoại” không phải là “Không có”"),
    ("${phone} = 'basic' or ${phone} = 'none'", "“Điện thoại” là “Phím bấm (2G)” hoặc “Không có”"),
    ("selected(${epay}, 'bank')", "“Tài khoản thanh toán” là “Ngân hàng”"),
    ("not(selected(${epay}, 'bank'))", "“Tài khoản thanh toán” không có “Ngân hàng”"),
    ("(${phone} = 'basic' or ${vneid} = 'none') and ${age} < 60", "(“Điện thoại” là “Phím bấm (2G)” hoặc “VNeID” là “Chưa có”) và tuổi nhỏ hơn 60"),
    ("not(${phone} = 'none' or ${vneid} = 'none')", "không phải: (“Điện thoại” là “Không có” hoặc “VNeID” là “Chưa có”)"),
    ("18 <= ${age}", "tuổi từ 18 trở lên"), ("${phone} = ''", "“Điện thoại” chưa trả lời"), ("true()", "mọi trường hợp"),
    ("count-selected(${epay}) >= 2", "số câu đã chọn ở “Tài khoản thanh toán” từ 2 trở lên"),
    ("${year} - ${age} > 1990", "(năm của lượt đến trừ tuổi) lớn hơn 1990"), ("${poverty} = 'poor'", "diện hộ là hộ nghèo"),
    # What it has no words for stands as it is written.
    ("if(${age} > 5, 1, 2) = 1", "if(${age} > 5, 1, 2) = 1"),
])  # fmt: skip
def test_a_rule_is_a_sentence(rule, said):
    assert rule_words(rule, ASKED) == said


def test_a_rule_is_told_in_the_readers_language():
    english = {"%(question)s là %(answer)s": "%(question)s is %(answer)s"}
    assert rule_words("${phone} = 'smartphone'", ASKED, lambda text: english.get(text, text), "en") == "“Phone” is “Smartphone”"
