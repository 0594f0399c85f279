"""What kinds of text the labels of this package name, in the reader's language."""

from typing import Literal

_ZH = {
    "policy": "政策文件", "other_news": "其他新闻", "work_report": "工作报告", "county_report": "县区工作报告",
    "meeting_news": "会议新闻", "speech": "讲话", "gov_reply": "政府答复", "message": "群众留言", "notice": "通知",
    "wechat": "公众号文章", "project_news": "项目新闻", "reply": "答复", "commentary": "评论",
    "prov_random": "省级文件", "prov_work_style": "省级文件（作风建设）", "prov_livelihood": "省级文件（民生）",
    "prov_project_recruitment": "省级文件（项目招引）", "prov_business_environment": "省级文件（营商环境）",
}  # fmt: skip


def genre_in(genre: str, language: Literal["en", "zh"]) -> str:
    """Return what a genre is called; one of somebody's own as it is."""
    if language == "en":
        return genre
    return _ZH.get(genre, genre)
