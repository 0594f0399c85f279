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
        ("天河区2021年政府工作报告", "天河区"),
        ("浦东新区 2023 年工作总结", "浦东新区"),
        ("李集镇2022年民生实事", "李集镇"),
        ("天河区", "天河区"),
        ("闵行区2021年政府工作报告", "闵行区"),
        ("李集镇", "李集镇"),
        ("老旧小区2021年改造计划", ""),
        ("示范区2021年工作要点", ""),
        ("重点片区", ""),
        ("工业园区2022年产值", ""),
        ("美丽乡镇", ""),
        ("关于支持高新区发展的意见", ""),
        ("西部地区开发", ""),
        ("贫困县摘帽", ""),
        ("2021年政府工作报告", ""),
        ("", ""),
    ],
)
def test_a_name_begins_with_a_place_or_does_not(name: str, place: str) -> None:
    assert of_document([name]) == place


def test_the_surest_sign_comes_first() -> None:
    assert of_document(["2021年政府工作报告", "政府工作报告", "安化县"]) == "安化县"
