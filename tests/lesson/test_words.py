"""A judgment asks for sentences: what is too little is told so, kindly."""

import pytest

from crmlib.lesson.words import fault_of_words

HINTS = ["Which three things must you know before two ratios can be compared?"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yes", "a beginning"),
        ("No!", "a beginning"),
        ("Keep the customers", "a beginning"),
        ("留下。", "a beginning"),
        ("abc abc", "a beginning"),
        ("abc abc abc abc", "again and again"),
        ("profit " * 30, "again and again"),
        ("好" * 40, "again and again"),
        ("Which three things must you know before two ratios can be compared?", "what was asked"),
        ("which things must you know before ratios can be compared, which three things", "what was asked"),
        ("123456 !!!", "a beginning"),
        ("I do not know. I do not know. I do not know.", "again and again"),
        ("我不知道。我不知道。我不知道。", "again and again"),
        ("asdf jklö qwer uiop zxcv. mnbv lkjh gfds trew yuio. poiu ztre wqas dfgh jkly xcvb", "do not read"),
        ("阿斯顿发送到发斯蒂芬。魁北克沃尔沃皮特曼。佐罗雷达飞机茶杯柠檬酸辣椒油条", "do not read"),
    ],
)
def test_what_is_no_judgment_is_told_so(text, said):
    assert said in fault_of_words(text, HINTS)


@pytest.mark.parametrize(
    "text",
    [
        "I would keep them for a year. Their cost stays when they go.",
        "I would keep them for a year, since most of what they cost stays with us when they go away",
        "先留一年再看。他们走了，成本还在，毛利却没有了。",
        "我会先问清楚这个比例是哪段时间的数，有没有把没买东西的人也算进去，再决定要不要相信它",
    ],
)
def test_real_sentences_are_taken(text):
    assert fault_of_words(text, HINTS) is None
