"""What the pages say, in English and in Chinese."""

from typing import Literal

Language = Literal["en", "zh"]

_BOTH: dict[str, tuple[str, str]] = {
    "report": ("Labelled documents", "文稿主题标注报告"),
    "overview": ("Overview", "总览"),
    "documents": ("Documents", "文稿"),
    "document": ("Document", "文稿"),
    "date": ("Date", "日期"),
    "paragraphs": ("paragraphs", "段"),
    "characters": ("characters", "字"),
    "documents_counted": ("documents", "篇文稿"),
    "model": ("model", "模型"),
    "none": ("none", "无主题"),
    "share": ("Share of the text by topic", "各主题占文字的比重"),
    "share_note": (
        "By characters: each sentence counts for all of its topics (in a scored table each paragraph), so shares may "
        "add up to more than 100%.",
        "按字数计算，逐句计入各自的主题（已判定的表格按段计入）；一句有几个主题时分别计入，比重之和可能超过100%。",
    ),
    "uncertain": ("uncertain", "存疑"),
    "uncertain_long": ("uncertain: read it yourself", "存疑，请人工核对"),
    "not_given": ("not given", "未标注"),
    "decided": ("decided by", "人工标注"),
    "show_only": ("Show only", "只看"),
    "certainty": ("Certainty", "把握程度"),
    "all": ("all", "全部"),
    "certain": ("certain", "有把握"),
    "search": ("Find words", "查找词语"),
    "mark": ("Mark the words that decided", "标出起作用的词语"),
    "mark_hint": ("Click a topic beside a paragraph to see why.", "点击段旁的主题，可看依据。"),
    "underlined": ("Underlined: sentences that carry a topic", "划线处为带有主题的句子"),
    "clear_all": ("Clear", "清除"),
    "shown": ("shown", "段符合"),
    "outline": ("Outline", "提纲"),
    "panel": ("Filters and outline", "筛选与提纲"),
    "strip": ("Map of the document: first topic of each stretch", "全文分布：各段的首要主题"),
    "contents": ("Contents", "目录"),
    "boilerplate": ("source, date, navigation", "来源、日期、导航"),
    "for": ("for", "支持"),
    "against": ("against", "反对"),
    "topics": ("topics", "话题"),
    "over_time": ("Change over time", "随时间变化"),
    "over_time_note": (
        "Share of the text by {unit}. {dated} of {all} paragraphs have a date.",
        "按{unit}统计各主题占文字的比重。{all}段中{dated}段有日期。",
    ),
    "odd_dates": (
        "rows whose date is not understood or spans years, and counts as none: {n} ({cells})",
        "日期看不懂或跨年、按无日期计的行：{n}（{cells}）",
    ),
    "vague_dates": (
        "rows of whose date only the year counts, for the number may be January or October: {n} ({cells})",
        "日期只按年份计的行：{n}（{cells}；这样的数可能是1月，也可能是10月）",
    ),
    "odd_names": (
        "documents that count at the date in their text, for it lies years from the one in their name: {n} ({cells})",
        "名称里的年份与正文日期相差不止一年、按正文日期计的文稿：{n}（{cells}）",
    ),
    "between": (", ", "、"),
    "colon": (": ", "："),
    "shares_by": ("Each topic's share of a document's characters.", "各主题占每篇文稿字数的比重。"),
    "figures_by": ("Figures by {unit}", "按{unit}列出数字"),
    "year": ("year", "年"),
    "month": ("month", "月"),
    "day": ("day", "日"),
    "side_by_side": ("Side by side: {column}", "对比：{column}"),
    "folder": ("folder", "文件夹"),
    "place": ("place", "地方"),
    "side_known": (
        "{known} of {all} paragraphs have a value here; the others are not compared.",
        "{all}段中{known}段有此项，其余未列入对比。",
    ),
    "not_told": ("(not given)", "（未注明）"),
    "alone_none": (
        "Not compared by {column}: no document has one.",
        "未按“{column}”对比：没有文稿带有此项。",
    ),
    "alone_one": (
        "Not compared by {column}: it is {value} everywhere.",
        "未按“{column}”对比：只有一个值（{value}）。",
    ),
    "alone_many": (
        "Not compared by {column}: {n} values are too many to be shown side by side.",
        "未按“{column}”对比：共有{n}个值，过多而无法并列。",
    ),
    "crossed": ("{column} by {unit}", "{column}×{unit}"),
    "cross_note": (
        "A small chart a topic, by {unit}; the charts of one topic have the same scale, so that they can be compared.",
        "每个主题一幅小图，横轴为{unit}；同一主题的各图刻度相同，可上下对照。",
    ),
    "cross_known": (
        "{known} of {all} paragraphs have both; the others are not in the table.",
        "{all}段中{known}段两项俱全，其余未列入表中。",
    ),
    "cross_drawn": (
        "Drawn are the {values} with the most text and the latest {periods} times; the table has all.",
        "图中为文字最多的{values}项、最近的{periods}个时段；表中列出全部。",
    ),
    "intervals": (
        "Thin lines, and small figures in the tables: 95% intervals. As many documents as there are were drawn again "
        "with replacement, 2,000 times with a fixed seed; an interval holds the middle 95% of the shares so drawn, "
        "widened for few documents (Hesterberg 2015). They say how far a share depends on which documents are there, "
        "not how far the model errs.",
        "图中细线、表中小字为95%区间：以文稿为单位有放回地重抽2000次（随机种子固定），取所得比重的中间95%，文稿少时相应放宽"
        "（Hesterberg 2015）。区间表示比重在多大程度上取决于收入了哪些文稿，不含模型判错的影响。",
    ),
    "some_intervals": (
        "Where there are fewer than {least} documents there is none.",
        "少于{least}篇文稿的不给区间。",
    ),
    "no_intervals": (
        "No intervals are given: everywhere there are fewer than {least} documents, too few to tell how far a share "
        "would change with others.",
        "未给区间：各处文稿都不足{least}篇，无从判断换一批文稿比重会变动多少。",
    ),
    "words_by": ("Words that tell apart: {column}", "各有侧重的词语：{column}"),
    "words_by_note": (
        "Each group against all others: words that it surely uses more, by weighted log-odds with an informative "
        "Dirichlet prior of {prior} words (Monroe, Colaresi and Quinn 2008). z beyond 1.96 is no chance by the model; "
        "a word that fills few documents tells of these. Words of one character are left out.",
        "每组与其余各组相比，更常用的词语，按加权对数几率排列（信息性狄利克雷先验，相当于{prior}个词；Monroe、Colaresi、"
        "Quinn 2008）。z超过1.96，按模型不属偶然；只集中在少数文稿里的词，说明的是那几篇。单字未列入。",
    ),
    "words_by_none": ("No word is surely used more here.", "没有明显更常用的词语。"),
    "word": ("Word", "词语"),
    "z_score": ("z", "z值"),
    "times": ("times here", "本组次数"),
    "rest": ("times elsewhere", "其余次数"),
    "in_documents": ("in documents", "涉及篇数"),
    "documents_n": ("documents", "篇数"),
    "paragraphs_n": ("paragraphs", "段数"),
    "characters_n": ("characters", "字数"),
    "unread": ("{n} documents could not be read and are not counted", "{n}篇文稿未能读取，未计入"),
    "repeated": (
        "{n} documents hold the same text as another one: in all they are counted once, and once in each place, folder "
        "or time where one of them lies, which may add up to more than all (--count-repeated counts each everywhere)",
        "{n}篇文稿与另一篇文字相同：合计中只计一次；分属不同地方、文件夹或时间的，在每一处各计一次，各处相加可能多于合计"
        "（--count-repeated 则处处分别计入）",
    ),
    "repeated_sheet": ("Counted once", "只计一次"),
    "same_as": ("Same text as", "文字相同的文稿"),
    "sentences": ("sentences", "句"),
    "sentences_n": ("sentences", "句数"),
    "by_sentence_note": (
        "By characters: a row of the table is a sentence and counts for all of its topics, so shares may add up to "
        "more than 100%.",
        "按字数计算，表中一行为一句，计入各自的主题；一句有几个主题时分别计入，比重之和可能超过100%。",
    ),
    "time": ("Time", "时间"),
    "label": ("Topic", "主题"),
    "compared_by": ("Compared by", "对比项"),
    "value": ("Value", "值"),
    "low": ("{label}, from", "{label}（区间下限）"),
    "high": ("{label}, to", "{label}（区间上限）"),
    "file": ("File", "文件"),
    "reason": ("Reason", "原因"),
    "unread_sheet": ("Not read", "未读取"),
    "all_sheet": ("All figures", "全部数字"),
    "text_all": ("All", "合计"),
    "side_note": (
        "{all} in all; the chart has the {shown} with the most text, the table {listed}.",
        "共{all}项；图中为文字最多的{shown}项，表中列出{listed}项。",
    ),
    "listed_note": ("Listed are the {listed} with the most text.", "只列出文字最多的{listed}篇。"),
    "typical": ("Most typical", "最典型的段落"),
    "most_uncertain": ("Most uncertain", "最存疑的段落"),
    "typical_none": (
        "No paragraph of text carries this topic (headings, tables and short lines aside).",
        "正文中没有段落属于这一主题（不含标题、表格和短句）。",
    ),
    "uncertain_none": (
        "No paragraph of text is uncertain here (headings, tables and short lines aside).",
        "正文中没有存疑的段落（不含标题、表格和短句）。",
    ),
    "sort_hint": ("Click a heading to sort.", "点击表头可排序。"),
    "not_whole": (
        "The paragraphs themselves are left out: there are {all}, more than the {most} that a page stays quick with. "
        "All figures count all of them.",
        "未列出段落原文：共{all}段，超过页面能流畅显示的{most}段。所有数字均按全部段落计算。",
    ),
    "similar": ("Similar labelled paragraphs", "相似的已标注段落"),
    "nothing_similar": ("nothing similar among the labelled paragraphs", "已标注的段落中没有相似的"),
    "reading_notes": ("Left out of this document, or read with doubt", "未读入或存疑的内容"),
    "noted": ("{n} documents were not read whole, or with doubt", "{n}篇文稿未读全或有存疑之处"),
    "errors": ("{n} rows could not be scored and are left out", "{n}行未能判定，未计入"),
    "no_reasons": (
        "The model that labelled these ({model}) is not on this machine, so the words that decided cannot be shown.",
        "标注所用的模型（{model}）不在本机，无法显示起作用的词语。",
    ),
    "weights_note": (
        "Figures beside words: what a word adds to the log-odds of the topic.",
        "词语旁的数字：该词使这一主题的对数几率增加多少。",
    ),
    "made_by": (
        "Labelled by a statistical model; probabilities are calibrated, mistakes happen. "
        "Read what is marked uncertain yourself.",
        "由统计模型自动标注，概率经过校准，仍会有误；存疑之处请人工核对。",
    ),
    "topics_head": ("Topics", "话题"),
    "topics_title": ("Topics of model {model}", "模型 {model} 的话题"),
    "topics_intro": (
        "A topic is a group of words that stand together in a large unlabelled corpus. The model found them without "
        "labels; each supports some labels more than others.",
        "话题是在大量未标注文字中经常一同出现的一组词语，由模型自行归纳，与各主题的关联程度不同。",
    ),
    "topic": ("Topic", "话题"),
    "words": ("Words", "词语"),
    "words_note": (
        "The longer the line under a word, the more it weighs in the topic.",
        "词下横线越长，在话题中的分量越重。",
    ),
    "weight": ("Share", "占比"),
    "weight_note": (
        "Share: part of the corpus's paragraphs that the topic leads.",
        "占比：语料中以该话题为首要话题的段落比例。",
    ),
    "coherence": ("Coherence", "连贯度"),
    "coherence_note": (
        "Coherence: how much its leading words keep together, −1 to 1.",
        "连贯度：主要词语一同出现的程度，−1到1。",
    ),
    "supports": ("Supports", "支持的主题"),
    "supports_note": (
        "Under each label: the correlation of the topic with it on labelled paragraphs, −1 to 1.",
        "各主题一栏：该话题与主题在已标注段落上的相关系数，−1到1。",
    ),
    "label_words": ("Words of our labels", "各主题的代表词语"),
    "label_words_note": (
        "Content words that raise or lower a label's probability most in ordinary text: weight × √frequency. "
        "The longer the line under a word, the more it does.",
        "在一般文字中最能提高或降低该主题概率的实词，按“权重×频率的平方根”排列；词下横线越长，作用越大。",
    ),
    "raises": ("raise it", "提高概率"),
    "lowers": ("lower it", "降低概率"),
    "changes": ("Change from model {old} to {new}", "模型 {old} 到 {new} 的变化"),
    "changes_none": ("The topics are the same in both models.", "两个模型的话题相同。"),
    "topic_new": ("new", "新增"),
    "topic_gone": ("gone", "消失"),
    "topic_same": ("the same", "未变"),
    "topic_changed": ("changed", "有变化"),
    "words_in": ("words that came", "新增词语"),
    "words_out": ("words that went", "减少词语"),
    "label_changes": ("Words of our labels that came and went", "各主题代表词语的变化"),
}


def words(language: Language) -> dict[str, str]:
    """Return all that a page says, by key, in one language."""
    place = 1 if language == "zh" else 0
    return {key: both[place] for key, both in _BOTH.items()}
