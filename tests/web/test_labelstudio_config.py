"""Labelling configurations as people write them: which choices are labels, and where a task's text is."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from classifier.errors import LabelError
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import Label, Taxonomy
from classifier.web.labelstudio.config import Config, read_config
from tests.web.labelstudio_reports import FARMING, OTHER, TOURISM

TAXONOMY = Taxonomy("", (Label("farming", "农业", "farm work"), Label("tourism", "文旅", "tourism")))
NAMES = Names(TAXONOMY)
TEXT = '<Text name="para" value="$body"/>'
MOOD = '<Choices name="mood" toName="para"><Choice value="好"/><Choice value="坏"/></Choices>'
TOPIC = '<Choices name="topic" toName="para"><Choice value="农业"/><Choice value="文旅"/></Choices>'


def read(inside: str) -> Config:
    return read_config(f"<View>{inside}</View>", NAMES)


def choices(*elements: str, **more: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in {"name": "topic", "toName": "para", **more}.items())
    return f"<Choices{said}>{''.join(elements)}</Choices>"


def choice(value: str = "", alias: str = "", inside: str = "") -> str:
    return f'<Choice value="{value}"{f" alias={alias!r}" if alias else ""}>{inside}</Choice>'


@pytest.mark.parametrize("controls", [MOOD + TOPIC, TOPIC + MOOD, MOOD + f"<View><View>{TOPIC}</View></View>"])
def test_the_choices_whose_names_are_labels_are_taken_wherever_they_stand(controls: str) -> None:
    (field,) = read(TEXT + controls).fields
    assert (field.best.name, field.names, field.text.name) == ("topic", frozenset({"topic"}), "para")


@pytest.mark.parametrize(
    "name",
    ["农业", "farming", "FARM WORK", "farm_work", "農業", "农业 farm work", "farm work（农业）", "农业(farming)", "1. 农业", "（一）农业", "A、农业/farm work", "farm work | 农业"],
)  # fmt: skip
@pytest.mark.parametrize("attribute", ["value", "alias"])
def test_a_label_is_known_by_every_name_it_goes_by(name: str, attribute: str) -> None:
    one = choice(name) if attribute == "value" else choice("F", name)
    (field,) = read(TEXT + choices(one, choice("文旅"))).fields
    assert field.best.chosen(["farming"]) == [name]
    assert field.best.read([name]) == ["farming"]


@pytest.mark.parametrize("name", ["农业 tourism", "农业 praise", "非农业", "农业和文旅 x", "farmingly"])
def test_names_of_two_labels_or_of_half_a_label_are_none(name: str) -> None:
    assert NAMES.meant(name) is None


def test_names_of_the_folder_come_before_those_of_the_model() -> None:
    renamed = Taxonomy("", (Label("farming", "三农", "rural affairs"), Label("tourism", "农业", "travel")))
    names = Names(renamed, TAXONOMY)
    assert [names.meant(one) for one in ("三农", "rural affairs", "farm work", "农业", "文旅")] == [
        "farming", "farming", "farming", "tourism", "tourism",
    ]  # fmt: skip


def test_two_questions_about_one_text_are_read_and_the_fuller_is_answered() -> None:
    second = choices(choice("文旅"), name="second")
    (field,) = read(TEXT + second + TOPIC).fields
    assert (field.best.name, field.names) == ("topic", frozenset({"topic", "second"}))


def test_every_text_with_choices_that_are_labels_is_a_paragraph() -> None:
    other = '<Text name="next" value="$more"/>' + choices(choice("farming"), name="n", toName="next")
    assert [one.text.value for one in read(TEXT + MOOD + TOPIC + other).fields] == ["$body", "$more"]


def test_choices_within_choices_are_written_as_a_path() -> None:
    inside = choice("产业", inside=choice("农业") + choice("Tour", "文旅"))
    nested = read(TEXT + choices(inside, allowNested="true", choice="multiple")).fields[0].best
    assert nested.chosen(["farming", "tourism"]) == [("产业", "农业"), ("产业", "文旅")]
    assert nested.read([["产业", "农业"]]) == ["farming"]
    flat = read(TEXT + choices(inside, choice="multiple")).fields[0].best
    assert flat.chosen(["tourism"]) == ["文旅"]
    with pytest.raises(LabelError, match="a choice must be a name"):
        nested.read([5])


@pytest.mark.parametrize("offered", [["好", "农业"], [{"value": "好"}, {"value": "F", "alias": "farming"}]])
def test_choices_that_each_task_brings_along(offered: list[Any]) -> None:
    found = read(TEXT + choices(value="$offered"))
    (field,) = found.of({"body": FARMING, "offered": offered})
    assert field.best.chosen(["farming"]) == [offered[1] if isinstance(offered[1], str) else "farming"]
    assert found.of({"body": FARMING, "offered": ["好"]}) == ()
    assert found.of({"body": FARMING}) == ()
    assert found.notes == []


def test_a_repeater_makes_a_text_of_each_item() -> None:
    inside = '<Text name="p{{i}}" value="$items[{{i}}].text"/>' + choices(
        choice("农业"), name="c{{i}}", toName="p{{i}}"
    )
    found = read(f'<Repeater on="$items" indexFlag="{{{{i}}}}">{inside}</Repeater>')
    data = {"items": [{"text": FARMING}, {"text": TOURISM}]}
    assert [(one.best.name, one.text.of(data)) for one in found.of(data)] == [("c0", FARMING), ("c1", TOURISM)]
    assert found.of({"items": "?"}) == ()


NONE_FITS = {
    "no <Choices> on a <Text>": ["", TEXT, '<Image name="i" value="$i"/>' + choices(choice("农业"), toName="i")],
    "made of regions": [TEXT + choices(choice("农业"), perRegion="true")],
    "no choice is a label here: 好, 坏; there are: farming": [TEXT + MOOD],
    "no choice is a label here: 1, 2, 3, 4, 5, 6, 7, 8 and 2 more": [TEXT + choices(*[choice(f"{n}") for n in range(1, 11)])],
    "no choice is a label here: 有;": [TEXT + choices(choice("有"), choice("无"))],
    "loaded from an address": [
        f'<{tag} name="para" value="$body" {key}="url"/>{TOPIC}' for tag in ("Text", "HyperText") for key in ("valueType", "valuetype")
    ],
    "no <Choices> on": ['<Text name="para" value="请选择"/>' + TOPIC],
}  # fmt: skip


@pytest.mark.parametrize(("why", "inside"), [(why, one) for why, some in NONE_FITS.items() for one in some])
def test_a_configuration_in_which_nothing_fits_is_refused_with_the_reason(why: str, inside: str) -> None:
    with pytest.raises(LabelError, match=r"^label_config: ") as refused:
        read(inside)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("element", "value", "text"),
    [
        ('<HyperText name="para" value="$body"/>', f"<p>{FARMING}</p><script>x</script>", FARMING),
        ('<HyperText name="para" value="$body"/>', "<div>一&nbsp;段<br/>二</div><p>三</p>", "一 段\n二\n三".replace(" ", "\xa0")),
        ('<HyperText name="para" value="$body"/>', FARMING, FARMING),
        (TEXT, f"<div><b>{FARMING}</b></div>", FARMING),
        (TEXT, "增长率 a<b 且 c>d", "增长率 a<b 且 c>d"),
        ('<Paragraphs name="para" value="$body" textKey="say"/>', [{"who": "甲", "say": "一"}, {"say": "二"}], "一\n二"),
        ('<Text name="para" value="$body.inner[1].t"/>', {"inner": [{}, {"t": FARMING}]}, FARMING),
        ('<Text name="para" value="标题：$body"/>', FARMING, f"标题：{FARMING}"),
    ],
)  # fmt: skip
def test_a_task_is_its_text_without_markup(element: str, value: Any, text: str) -> None:
    found = read(element + TOPIC)
    assert found.fields[0].text.of({"body": value}) == text


def test_a_line_of_a_text_file_is_found_under_the_name_that_label_studio_gives_it() -> None:
    assert read(TEXT + TOPIC).fields[0].text.of({"$undefined$": FARMING}) == FARMING


@pytest.mark.parametrize("value", [None, 5, "", " ", [], ["一"], {"a": 1}, "<p> </p>"])
def test_a_task_without_a_text_is_said_to_be_one(value: Any) -> None:
    with pytest.raises(LabelError, match=r"no text under \$body|text is missing"):
        read(TEXT + TOPIC).fields[0].text.of({"body": value})


def test_setup_says_what_is_wrong_in_its_answer_and_on_the_page_of_the_labels(client: TestClient) -> None:
    def setup(inside: str, project: str = "1.1") -> Any:
        return client.post(
            "/setup", json={"project": project, "schema": f"<View>{inside}</View>", "access_token": "secret"}
        )

    for _ in range(2):
        answer = setup(TEXT + MOOD)
        assert answer.status_code == 422
        assert "no choice is a label here: 好, 坏" in answer.json()["detail"]
    setup(TEXT, "2.2")
    page = client.get("/labels").text
    assert page.count("data-name=") == 2
    assert "no choice is a label here: 好, 坏" in page
    assert "secret" not in page + "".join(one.read_text() for one in Path("labels/reports").iterdir())
    assert setup(TEXT + choices(choice("农业"), choice("别的"))).json()["notes"] == [
        "topic: no label is called 别的; such annotations are kept aside", "topic: no choice says 文旅",
    ]  # fmt: skip
    assert client.get("/labels").text.count("data-name=") == 1


def test_predictions_use_the_choice_of_the_control_that_fits(client: TestClient) -> None:
    inside = (
        '<HyperText name="para" value="$body"/>'
        + MOOD
        + choices(choice("Sights (文旅)"), choice("T", "文旅 tourism"), choice("无 none"))
    )
    tasks = [{"data": {"body": f"<p>{text}</p>"}} for text in (TOURISM, OTHER)] + [{"data": {}}]
    answer = client.post("/predict", json={"tasks": tasks, "label_config": f"<View>{inside}</View>"}).json()["results"]
    regions = [one["result"] for one in answer]
    assert [[(one["from_name"], one["to_name"], one["value"]["choices"]) for one in some] for some in regions] == [
        [("topic", "para", ["文旅 tourism"])], [("topic", "para", ["无 none"])], [],
    ]  # fmt: skip
    assert answer[2]["note"] == "the task has no text under $body"
    refused = client.post("/predict", json={"tasks": tasks, "label_config": f"<View>{TEXT}{MOOD}</View>"})
    assert (refused.status_code, refused.json()["where"]) == (422, ["body.label_config"])


def test_a_label_renamed_in_the_taxonomy_is_renamed_for_predictions(client: TestClient, workspace: Path) -> None:
    path = workspace / "labels" / "taxonomy.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"文旅"', '"旅游观光"'), encoding="utf-8")
    for name in ("旅游观光", "文旅"):
        config = f"<View>{TEXT}{choices(choice(name))}</View>"
        assert client.post("/setup", json={"project": "1.1", "schema": config}).status_code == 200
        answer = client.post("/predict", json={"tasks": [{"data": {"body": TOURISM}}], "label_config": config}).json()
        assert [one["value"]["choices"] for one in answer["results"][0]["result"]] == [[name]]
