"""Chinese: one sentence for each way of saying, in both scripts, and sentences in which nobody says anything."""

import pytest

from consumers.extracting.chinese.script import simplified, traditional
from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements
from tests.unit.extracting.languages.said import said

MARKS = str.maketrans("", "", "“”「」")


@pytest.mark.parametrize(
    ("text", "type_", "quote", "speaker"),
    [
        ("“雨太大了，”村民老陈说，“路都断了。”", "direct", "雨太大了， // 路都断了。", "村民老陈"),
        ("“雨太大了。”村民老陈说。", "direct", "雨太大了。", "村民老陈"),
        ("“雨太大了，”他苦笑道。", "direct", "雨太大了，", "他"),
        ("“雨太大了，”村民老陈这样形容昨夜。", "direct", "雨太大了，", "村民老陈"),
        ("市长当天只说了一句“再等等”。", "direct", "再等等", "市长"),
        ("店主林姐摇摇头：“今年不收了，明年再说。”", "direct", "今年不收了，明年再说。", "店主林姐摇摇头"),
        ("市长3日在记者会上表示，大桥将如期通车。", "indirect", "大桥将如期通车", "市长"),
        ("会后，市长对本报说，大桥将如期通车。", "indirect", "大桥将如期通车", "市长"),
        ("市長則指出，大橋將如期通車。", "indirect", "大橋將如期通車", "市長"),
        ("市长呼吁居民不要出门。", "indirect", "居民不要出门", "市长"),
        ("工程师告诉《晨报》，大桥将如期通车。", "indirect", "大桥将如期通车", "工程师"),
        ("交通局提醒司机，前方结冰。", "indirect", "前方结冰", "交通局"),
        ("工会批评公司拖欠工资。", "indirect", "公司拖欠工资", "工会"),
        ("有乘客问能否退票。", "indirect", "能否退票", "乘客"),
        ("公司的回应是：系统正在升级。", "indirect", "系统正在升级", "公司"),
        ("据市气象台预报，明天有雪。", "indirect", "明天有雪", "市气象台"),
        ("在渔民看来，今年的鱼太小。", "indirect", "今年的鱼太小", "渔民"),
        ("按照专家的测算，水库够用三年。", "indirect", "水库够用三年", "专家"),
        ("晨报援引一名官员的话说，大桥将如期通车。", "indirect", "大桥将如期通车", "一名官员"),
        ("晨报援引一名官员的话称，大桥将如期通车。", "indirect", "大桥将如期通车", "一名官员"),
        ("晨报报道，一名官员说，大桥将如期通车。", "indirect", "大桥将如期通车", "一名官员"),
        ("08:30 市气象台：明天有雪。", "indirect", "明天有雪", "市气象台"),
        ("市长没有到场，只是重申大桥安全。", "indirect", "大桥安全", "市长"),
        ("文化局提出把老戏台迁到江边。", "indirect", "把老戏台迁到江边", "文化局"),
        ("“雨太大了。”村民老陈说，“路都断了。”", "direct", "雨太大了。 // 路都断了。", "村民老陈"),
        ("市长感谢邻县派来医生。", "reported", "邻县派来医生", "市长"),
        ("市議員陳明回嗆，公司應先道歉。", "indirect", "公司應先道歉", "市議員陳明"),
        ("年报亦提及，水价上涨。", "indirect", "水价上涨", "年报"),
        ("正在参观大桥的市长说，大桥很美。", "indirect", "大桥很美", "正在参观大桥的市长"),
        ("该说唱团的团长又提醒观众不要录像。", "indirect", "观众不要录像", "该说唱团的团长"),
        ("面对批评，市长表示，大桥将如期通车。", "indirect", "大桥将如期通车", "市长"),
        ("据晨报援引知情官员的话报道，大桥将如期通车。", "indirect", "大桥将如期通车", "知情官员"),
    ],
)
def test_says_who_said_what(text: str, type_: str, quote: str, speaker: str) -> None:
    ((found_type, found_quote, found_speaker),) = said("zh", text)
    assert (found_type, found_quote.translate(MARKS), found_speaker) == (type_, quote, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "市长没有说大桥何时通车。",
        "公司拒绝透露原因。",
        "施工單位未說明經費來源。",
        "没有人承诺出这笔钱。",
        "如果法院认定合同有效，钱要退回去。",
        "市长对此表示欢迎。",
        "中方欢迎更多企业投资。",
        "机构把两家公司的利润预期分别下调了一成。",
        "代表团促成了合作。",
        "这部小说名为《江边的灯》。",
        "展览“江边的灯”月底结束。",
        "这一说法遭到公司否认。",
        "道路问题多年没有解决。",
        "据报道，会议推迟。",
        "有消息称，会议推迟。",
        "双方发表声明，会议推迟。",
        "发言人说这番话时面带微笑。",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("zh", text) == []


def test_verbs_that_follow_share_their_subject() -> None:
    assert said("zh", "创始人裴山否认受到影响，称工厂照常开工。") == [
        ("indirect", "受到影响", "创始人裴山"),
        ("indirect", "工厂照常开工", "创始人裴山"),
    ]


def test_two_who_say_something_in_one_sentence_are_two() -> None:
    assert said("zh", "专家认为，价格会回落；也有人担心，油价可能反弹。") == [
        ("indirect", "价格会回落", "专家"),
        ("indirect", "油价可能反弹", "有人"),
    ]


def test_what_somebody_says_about_another_saying_is_one_statement() -> None:
    assert said("zh", "部长说，专家认为价格会回落。") == [("indirect", "专家认为价格会回落", "部长")]


def test_an_agency_that_cites_is_in_between() -> None:
    text = "晨报援引一名官员的话称，大桥将如期通车。"
    (found,) = find_statements(read_prose(text, load_language("zh")))
    assert [text[start:end] for start, end in found.via] == ["晨报"]


def test_a_press_conference_is_read_by_its_labels() -> None:
    text = "甲报记者：大桥何时通车？\n\n沈明：下个月。\n\n乙报记者：费用呢？\n\n沈明：没有增加。"
    assert said("zh", text) == [
        ("direct", "大桥何时通车？", "甲报记者"),
        ("direct", "下个月。", "沈明"),
        ("direct", "费用呢？", "乙报记者"),
        ("direct", "没有增加。", "沈明"),
    ]


def test_answers_are_given_by_whom_the_text_says_was_asked() -> None:
    text = "问：桥稳吗？\n\n答：很稳。\n\n问：会收费吗？\n\n答：不会。\n\n工程师沈明接受本报采访时很轻松。"
    assert said("zh", text) == [
        ("direct", "桥稳吗？", None),
        ("direct", "很稳。", "工程师沈明"),
        ("direct", "会收费吗？", None),
        ("direct", "不会。", "工程师沈明"),
    ]


def test_a_headline_is_said_by_who_speaks_below() -> None:
    text = "沈明：大桥没有问题\n\n工程师沈明表示，桥墩年年检查。"
    assert said("zh", text)[0] == ("indirect", "大桥没有问题", "沈明")
    assert said("zh", "图集：大桥的一天\n\n工程师沈明表示，桥墩年年检查。")[0][1] == "桥墩年年检查"


def test_a_space_parts_what_a_headline_says() -> None:
    text = "水价上涨 市长：别无选择\n\n市长李明说，水价将上涨。"
    assert said("zh", text)[0] == ("indirect", "别无选择", "市长")
    text = "议会未过预算 市长吁“再等等”\n\n议会3日没有通过预算。"
    assert said("zh", text) == [("direct", "再等等", "市长")]


def test_a_dateline_is_nobody() -> None:
    assert said("zh", "本社临江3月2日电  市长表示，大桥将如期通车。") == [("indirect", "大桥将如期通车", "市长")]


def test_both_scripts_keep_their_length() -> None:
    assert simplified("強調：「這樣說」") == "强调：「这样说」"
    assert traditional("告诉记者") == "告訴記者"
