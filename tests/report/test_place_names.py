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
        ("县级市", ""),
        ("市辖区", ""),
        ("区县", ""),
        ("自治县", ""),
        ("益阳市市辖区", "益阳市"),
        ("其他地区", ""),
        ("农村地区医疗保障", ""),
        ("贫困地区2020年脱贫情况", ""),
        ("周边县2021年对比", ""),
        ("京津冀地区协同发展", ""),
        ("华北地区", ""),
        ("安化县、桃江县2021年对比", ""),
        ("安化县和桃江县2021年对比", ""),
        ("河北、山西两省调研", ""),
        ("安化县和谐社会建设", "安化县"),
        ("河北、2021", "河北省"),
    ],
)
def test_a_name_begins_with_a_place_or_does_not(name: str, place: str) -> None:
    assert of_document([name]) == place


def test_the_surest_sign_comes_first() -> None:
    assert of_document(["2021年政府工作报告", "政府工作报告", "安化县"]) == "安化县"


@pytest.mark.parametrize(
    "place",
    [
        *("成都市", "厦门市", "三亚市", "呼和浩特市", "日照市", "日喀则市", "芒市", "和田地区"),
        *("和县", "全椒县", "进贤县", "辉县市", "本溪县", "无为市", "盐城市", "三江侗族自治县"),
        *("黔西南布依族苗族自治州", "内蒙古自治区呼和浩特市", "河北省石家庄市赞皇县"),
        *("天津市和平区", "郑州市上街区", "三明市三元区", "三明市沙县区", "内江市市中区", "赣州市赣县区"),
    ],
)
@pytest.mark.parametrize(
    "name", ["{}2021年政府工作报告", "2021年1月5日{}人民政府工作报告", "《{}人民政府关于春耕的通知》"]
)
def test_a_real_place_is_found_though_it_sounds_like_a_phrase(place: str, name: str) -> None:
    assert of_document([name.format(place)]) == place


@pytest.mark.parametrize("place", ["和平区", "从化区", "赣县区", "鹿城区"])
def test_a_district_before_its_office_may_sound_like_a_phrase(place: str) -> None:
    assert of_document([f"{place}人民政府工作报告"]) == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("安化县城区老旧小区改造方案", "安化县"),
        ("益阳市全市经济工作会议材料", "益阳市"),
        ("满城区人民政府区长张三", "满城区"),
        ("保定市满城区人民政府区长张三", "保定市满城区"),
        ("第十五条省级农业科技园区", ""),
        ("上海城市更新条例", ""),
        ("和平区域合作", ""),
        ("老城区政府投资项目", ""),
        ("三个市的经验", ""),
    ],
)
def test_what_only_ends_like_a_place_is_left_out_behind_one_too(name: str, place: str) -> None:
    assert of_document([name]) == place


@pytest.mark.parametrize(
    "date",
    [
        "2023年",
        "2023年度",
        "2023年1月",
        "20230105",
        "2023-01-05 ",
        "二〇二三年一月",
        "二O二三年一月",
        "十二月三十日",
        "1月",
    ],
)
@pytest.mark.parametrize("place", ["日照市", "月湖区政府", "三亚市"])
def test_a_date_before_a_place_takes_none_of_it(date: str, place: str) -> None:
    assert of_document([f"{date}{place}总结"]) == place.removesuffix("政府")
