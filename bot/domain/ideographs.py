"""Ideographs of names that are written in several ways: the same name is often typed in the old and in the new one."""

_WAYS = """
張张 陳陈 劉刘 黃黄 趙赵 吳吴 孫孙 馬马 鄭郑 謝谢 許许 鄧邓 馮冯 蕭萧 葉叶 蔣蒋 盧卢 蘇苏 呂吕 龍龙竜 偉伟 麗丽 國国 華华 強强 傑杰
輝辉 陽阳 東东 軍军 萬万 賀贺 賴赖 龔龚 嚴严 顧顾 錢钱 湯汤 韓韩 楊杨 羅罗 鍾钟鐘 譚谭 陸陆 範范 賈贾 鄒邹 閻阎 喬乔 蘭兰 穎颖 靜静 紅红
蓮莲 鳳凤 慶庆 寧宁 學学 誠诚 維维 義义 愛爱 樂乐 夢梦 詩诗 雲云 飛飞 瑋玮 瓊琼 瑩莹 潔洁 賢贤 貴贵 銘铭 鋒锋 鵬鹏 倫伦 億亿 優优 勝胜
劍剑 勳勋 園园 圓圆円 堅坚 嬌娇 婭娅 寶宝 實实 帥帅 廣广広 彥彦 憲宪 懷怀 曉晓 書书 會会 棟栋 榮荣栄 樹树 橋桥 歡欢 漢汉 澤泽沢 濤涛
燦灿 煒炜 爾尔 瑪玛 環环 禮礼 綺绮 緒绪 綠绿 聖圣 聰聪 聲声 興兴 艷艳 藝艺 衛卫 譽誉 豐丰 贊赞 達达 遠远 邁迈 鈞钧 鋼钢 錦锦 鎮镇
長长 開开 關关関 難难 雙双 順顺 頌颂 騰腾 驍骁 鴻鸿 鶴鹤 麥麦 齊齐斉 龐庞 高髙 崎﨑 斎齋 邊辺邉边 濱浜滨 島嶋嶌岛 桜櫻樱 真眞
恵惠 寿壽 徳德 曽曾 蔵藏 瀬瀨 岳嶽 黒黑
"""
"""The ways to write each, side by side."""

FIRST_WAY = {ord(way): ways[0] for ways in _WAYS.split() for way in ways[1:]}
"""For each way but the first, the first one."""
ORGANISATION_FORMS = tuple(
    form.translate(FIRST_WAY)
    for form in ("股份有限公司", "有限责任公司", "有限公司", "有限会社", "株式会社", "集团", "公司", "会社")
)
"""Legal forms that begin or end the name of an organisation with no space, the longer ones first."""
