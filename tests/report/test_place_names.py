"""Where a document is from, told from its name; words that only end like a place tell nothing."""

import pytest

from classifier.report.place_names import of_document


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("沛县2021年政府工作报告", "沛县"),
        ("2023年益阳市赫山区人民政府工作报告", "益阳市赫山区"),
        ("（2022年1月）长沙市开福区政府工作报告", "长沙市开福区"),
        ("《湖南省人民政府关于做好春耕的通知》", "湖南省"),
        ("湘西土家族苗族自治州政府工作报告", "湘西土家族苗族自治州"),
        ("开福区政府报告", "开福区"),
        ("关于进一步加强城区老旧小区改造的通知", ""),
        ("智慧城市建设方案", ""),
        ("全市经济工作会议", ""),
        ("我县春耕", ""),
        ("西部地区开发", ""),
        ("贫困县摘帽", ""),
        ("2021年政府工作报告", ""),
        ("湖南", "湖南省"),
        ("内蒙古2021年政府工作报告", "内蒙古自治区"),
        ("2021年河北政府工作报告", "河北省"),
        ("北京", "北京市"),
        ("北京市", "北京市"),
        ("北京大学", ""),
        ("河南商会", ""),
        ("海南省", "海南省"),
        ("海南藏族自治州", "海南藏族自治州"),
        ("吉林市政府工作报告", "吉林市"),
        ("", ""),
    ],
)
def test_a_name_begins_with_a_place_or_does_not(name: str, place: str) -> None:
    assert of_document([name]) == place


def test_the_surest_sign_comes_first() -> None:
    assert of_document(["2021年政府工作报告", "政府工作报告", "安化县"]) == "安化县"
