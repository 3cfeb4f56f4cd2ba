"""Traditional Chinese characters beside the simplified ones, of those that names and titles are written with.

One character for one, so offsets stay. Where several traditional characters share a simplified one, each leads to it.
"""

_PAIRS = (
    "與与專专業业東东豐丰義义烏乌喬乔習习書书買买亞亚產产眾众會会傳传倫伦兒儿關关蘭兰興兴內内岡冈農农馮冯幾几凱凯"
    "劃划別别辦办務务動动勞劳區区華华協协盧卢衛卫廳厅歷历發发敘叙葉叶員员啟启團团國国圖图聖圣場场堅坚壇坛處处復复"
    "奧奥婦妇婭娅學学寧宁對对爾尔屬属島岛幣币庫库開开張张強强總总執执揚扬報报撾挝時时機机權权條条來来傑杰極极構构"
    "歐欧氣气湯汤澤泽濟济灣湾愛爱獨独獅狮環环瑪玛瓊琼電电蓋盖礎础約约紅红級级納纳紐纽組组織织經经結结統统維维緬缅"
    "網网羅罗聯联腦脑脫脱臘腊蘇苏萊莱薩萨規规計计議议訊讯論论設设識识誕诞語语諾诺調调謝谢譚谭貝贝賢贤貨货費费貿贸"
    "賈贾資资贊赞賴赖賽赛輸输達达邁迈運运連连遜逊際际長长門门間间聞闻難难韋韦韓韩頓顿領领顛颠馬马魯鲁鮑鲍鮮鲜麥麦"
    "黃黄齊齐龍龙錢钱銀银臺台彌弥茲兹呂吕樂乐偉伟勳勋賓宾廣广穌稣紹绍紀纪訪访貴贵車车軍军鄧邓鄭郑陳陈顧顾佈布衆众"
    "鐵铁錫锡選选進进導导遠远畢毕鳳凤飛飞風风戰战陽阳陰阴靜静頭头題题顯显麗丽黨党齡龄財财剛刚蕭萧騰腾"
)

SIMPLIFIED = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""Traditional → simplified."""
