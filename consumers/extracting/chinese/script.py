"""Traditional characters as simplified ones, for looking words up; offsets stay. Pure."""

from service.actors.traditional import SIMPLIFIED

_WORDS = (
    "說说稱称強强認认為为訴诉記记補补釋释應应報报調调證证諾诺張张擔担據据導导預预計计測测評评許许質质責责駁驳話话後后會会"
    "時时時时間间來来過过將将還还則则卻却這这該该對对從从於于問问沒没無无並并歡欢請请讚赞決决願愿寫写嘆叹談谈嘗尝"
    "瞭了個个們们讓让處处點点發发現现憶忆訪访見见觀观經经濟济當当開开閉闭電电視视訊讯專专員员長长務务書书"
    "實实嚴严諷讽勸劝險险鳴鸣讀读樂乐滿满懷怀謝谢慶庆賀贺憂忧慮虑關关種种類类內内聯联網网誌志貼贴聞闻獲获較较獨独續续連连議议斷断論论據据嗎吗麼么樣样獎奖憤愤歎叹讓让確确認认"
    "籲吁詞词辯辩勵励轉转爭争誇夸轟轰驚惊詭诡謊谎戲戏闡阐態态辭辞譴谴擊击賞赏謠谣詢询稅税審审憲宪號号縣县鄉乡鎮镇雙双單单災灾歲岁舉举辦办陸陆團团遞递參参營营獻献陳陈訓训級级環环響响義义"
    "親亲僅仅儀仪價价傾倾償偿聽听嗆呛聲声備备師师帥帅異异棄弃歸归錄录懇恳揮挥數数舊旧標标檢检橫横潛潜狀状線线終终紛纷練练細细絕绝繼继職职雖虽診诊詩诗誡诫諺谚謹谨購购贏赢軌轨載载裡里裏里針针鋼钢欽钦銷销隨随頻频罵骂徵征壓压殺杀滅灭敵敌"
)
"""Characters of verbs of saying and of the small words round them that no name of the catalogue needs."""

_TABLE = str.maketrans(SIMPLIFIED | dict(zip(_WORDS[::2], _WORDS[1::2], strict=True)))
_BACK = {simple: old for old, simple in (*SIMPLIFIED.items(), *zip(_WORDS[::2], _WORDS[1::2], strict=True))}


def simplified(text: str) -> str:
    """``text`` of the same length without traditional characters, as far as the table goes."""
    return text.translate(_TABLE)


def traditional(word: str) -> str:
    """A verb of saying in traditional characters."""
    return "".join(_BACK.get(sign, sign) for sign in word)
