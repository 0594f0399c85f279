"""Run the Label Studio backend against the real Label Studio: connect, predict, annotate, delete, train, export.

    python scripts/check_label_studio.py [FOLDER]

Installs label-studio into an environment of its own in FOLDER (kept, so that the next run is quicker), starts it twice,
as two offices would, and `classify serve` on free ports, goes the whole way by Label Studio's own API and prints each
step. Exits with 1 where a step fails.
"""

import subprocess
import sys
import tempfile
import urllib.error
from functools import partial
from pathlib import Path
from typing import Any

from running_label_studio import (
    Studio,
    classify,
    fetched,
    installed,
    prepared,
    require,
    say,
    serving,
    studio_running,
    until,
)

TEXTS = [
    "要持续优化营商环境，为企业办好事。",
    "对群众反映的吃拿卡要问题一查到底，坚决整治形式主义。",
    "会后，与会人员观看了专题片。",
    "全县签约亿元以上项目二十六个，招商小分队驻点招引。",
]
MOOD = '<Choices name="mood" toName="paragraph"><Choice value="好"/><Choice value="坏"/></Choices>'
TOPIC = """<Choices name="topic" toName="paragraph" choice="multiple">
<Choice value="作风建设 work style"/><Choice value="business" alias="营商环境"/>
<Choice value="project recruitment（项目招引）"/>
<Choice value="livelihood"/><Choice value="无"/><Choice value="别的"/></Choices>"""
BUSINESS, STYLE, PROJECTS, LIFE = "营商环境", "作风建设 work style", "project recruitment（项目招引）", "livelihood"
MANY = 600
ALL = {"selectedItems": {"all": True, "excluded": []}}


def main() -> int:
    """Go the whole way; return the exit code."""
    base = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="label-studio-"))
    base.mkdir(parents=True, exist_ok=True)
    program = installed(base / "venv")
    fresh = prepared(program, base / "fresh")
    with tempfile.TemporaryDirectory(dir=base) as name:
        work = Path(name)
        with serving(work) as ours, studio_running(program, fresh, work / "one") as one:
            project, tasks = connecting(ours, one, work)
            predicting(one, project, tasks)
            annotating(one, project, tasks, work)
            unclear(ours, one, tasks, work)
            renaming(ours, one, work)
            with studio_running(program, fresh, work / "two") as two:
                two_offices(ours, two, work)
            many(ours, one, work)
            exporting(one, project, tasks, work)
            deleting(one, project, tasks, work)
    print("all steps passed")
    return 0


def view(*controls: str, tag: str = "HyperText") -> str:
    """Return a labelling configuration."""
    return f'<View><{tag} name="paragraph" value="$text"/>{"".join(controls)}</View>'


def new_project(studio: Studio, texts: list[str], config: str, *guess: str) -> tuple[int, list[int]]:
    """Make a project; return its number and those of its tasks, in the order of the texts.

    `guess`: choices that are predicted for all of them.
    """
    project = studio.call("POST", "/api/projects/", {"title": "check", "label_config": config})["id"]
    guessed = [{"model_version": "guess", "result": region(*guess)}] if guess else []
    tasks = [{"data": {"text": text}, "predictions": guessed} for text in texts]
    studio.call("POST", f"/api/projects/{project}/import", tasks)
    found = studio.call("GET", f"/api/tasks?project={project}&fields=all&page_size=1000")["tasks"]
    places = {one["data"]["text"]: one["id"] for one in found}
    return project, [places[text] for text in texts]


def connect(studio: Studio, project: int, ours: str) -> Any:
    """Make a project know the backend."""
    return studio.call("POST", "/api/ml/", {"project": project, "url": ours, "title": "classify"})


def connecting(ours: str, studio: Studio, work: Path) -> tuple[int, list[int]]:
    """Projects that fit and one that does not."""
    markup = [f"<p>{text}</p>" for text in TEXTS]
    project, tasks = new_project(studio, markup, view(MOOD, TOPIC))
    say(f"project {project} with {len(TEXTS)} tasks")
    misfit, _ = new_project(studio, TEXTS[:1], view(MOOD))
    try:
        connect(studio, misfit, ours)
    except urllib.error.HTTPError:
        say("a project without labels was refused; Label Studio says no more than the above")
    require("没有一个选项是这里的标签：好, 坏" in fetched(f"{ours}/labels", "zh"), "the page of the labels")
    say("the page of the labels says why")
    backend = connect(studio, project, ours)
    say(f"connected: state {backend['state']}, version {backend.get('model_version')}")
    require(backend["state"] == "CO", backend)
    hooks = studio.call("GET", f"/api/webhooks/?project={project}")
    require([one["url"] for one in hooks] == [f"{ours}/webhook"], hooks)
    studio.call("POST", "/api/webhooks/", {"project": project, "url": f"{ours}/webhook?again=1", "send_payload": True})
    say("its webhook was made by Label Studio itself; a second one reports everything twice from now on")
    require(stored(work) == {}, stored(work))
    return project, tasks


def predicting(studio: Studio, project: int, tasks: list[int]) -> None:
    """The choices of the configuration, whatever stands beside the label's name."""
    studio.call("POST", f"/api/dm/actions?id=retrieve_tasks_predictions&project={project}", ALL)
    shown = [until(partial(predictions, studio, task))[0] for task in tasks]
    for text, one in zip(TEXTS, shown, strict=True):
        say(f"predicted by {one['model_version']}: {text} → {one['result']}")
    expected = [[BUSINESS], [STYLE], ["无"], [PROJECTS]]
    require([one["result"][0]["value"]["choices"] for one in shown] == expected, shown)
    require({one["result"][0]["from_name"] for one in shown} == {"topic"}, shown)


def predictions(studio: Studio, task: int) -> Any:
    """Return a task's predictions."""
    return studio.call("GET", f"/api/tasks/{task}")["predictions"]


def region(*choices: str) -> list[dict[str, Any]]:
    """Return the result of an annotation."""
    return [{"from_name": "topic", "to_name": "paragraph", "type": "choices", "value": {"choices": list(choices)}}]


def annotate(studio: Studio, task: int, *choices: str, **more: Any) -> int:
    """Annotate a task; return the annotation's number."""
    made = studio.call("POST", f"/api/tasks/{task}/annotations/", {"result": region(*choices), **more})
    return int(made["id"])


def annotating(studio: Studio, project: int, tasks: list[int], work: Path) -> None:
    """Annotations made, changed, skipped, deleted, made ground truth and turned into drafts."""
    first = annotate(studio, tasks[0], LIFE)
    until(lambda: stored(work) == {TEXTS[0]: ["livelihood"]})
    require(len(rows(work)) == 1, rows(work))
    say("annotation arrived, once, without the markup of its task")
    studio.call("PATCH", f"/api/annotations/{first}/", {"result": region(BUSINESS, LIFE)})
    until(lambda: stored(work) == {TEXTS[0]: ["business_environment", "livelihood"]})
    say("changed annotation arrived")
    second = annotate(studio, tasks[1], STYLE)
    until(lambda: TEXTS[1] in stored(work))
    studio.call("DELETE", f"/api/annotations/{second}/")
    until(lambda: TEXTS[1] not in stored(work))
    say("deleted annotation is gone")
    second = annotate(studio, tasks[1], STYLE)
    until(lambda: TEXTS[1] in stored(work))
    studio.call("PATCH", f"/api/annotations/{second}/", {"was_cancelled": True})
    until(lambda: TEXTS[1] not in stored(work))
    say("skipped task is unlabelled again")
    gold = annotate(studio, tasks[2], "无", ground_truth=True)
    until(lambda: stored(work).get(TEXTS[2]) == [])
    annotate(studio, tasks[2], LIFE)
    until(lambda: len(rows(work, TEXTS[2])) >= 2)
    require(stored(work)[TEXTS[2]] == [], rows(work, TEXTS[2]))
    say("ground truth counts beside another annotation")
    studio.call("DELETE", f"/api/annotations/{gold}/")
    until(lambda: stored(work).get(TEXTS[2]) == ["livelihood"])
    say("without it the other counts")
    studio.call("POST", f"/api/dm/actions?id=delete_tasks_annotations&project={project}", {
        "selectedItems": {"all": False, "included": [tasks[2]]},
    })  # fmt: skip
    until(lambda: TEXTS[2] not in stored(work))
    say("annotations deleted in the data manager are gone")
    draft = annotate(studio, tasks[3], PROJECTS)
    until(lambda: stored(work).get(TEXTS[3]) == ["project_recruitment"])
    studio.call("POST", f"/api/annotations/{draft}/convert-to-draft", {})
    say(f"an annotation turned back into a draft: {'still stored' if TEXTS[3] in stored(work) else 'gone'}")
    empty = studio.call("POST", f"/api/tasks/{tasks[3]}/annotations/", {"result": []})
    until(lambda: stored(work).get(TEXTS[3]) == [])
    say(f"annotation {empty['id']} without a choice says none")


def unclear(ours: str, studio: Studio, tasks: list[int], work: Path) -> None:
    """What is no label here is kept, shown, and goes when it is put right."""
    odd = annotate(studio, tasks[1], "别的")
    until(lambda: "没有名为“别的”的标签" in fetched(f"{ours}/labels", "zh"))
    require(TEXTS[1] not in stored(work), stored(work))
    say("a choice that is no label: kept and shown on the page of the labels")
    studio.call("PATCH", f"/api/annotations/{odd}/", {"result": region(STYLE)})
    until(lambda: stored(work).get(TEXTS[1]) == ["work_style"])
    require("没有名为“别的”的标签" not in fetched(f"{ours}/labels", "zh"), "the page of the labels")
    say("put right in Label Studio: stored, and no longer shown")


def renaming(ours: str, studio: Studio, work: Path) -> None:
    """A label with a new name in taxonomy.toml is predicted under it."""
    taxonomy = work / "labels" / "taxonomy.toml"
    taxonomy.write_text(taxonomy.read_text(encoding="utf-8").replace('"营商环境"', '"营商氛围"'), encoding="utf-8")
    project, (task,) = new_project(studio, TEXTS[:1], view(TOPIC.replace("营商环境", "营商氛围"), tag="Text"))
    require(connect(studio, project, ours)["state"] == "CO", project)
    studio.call("POST", f"/api/dm/actions?id=retrieve_tasks_predictions&project={project}", ALL)
    chosen = until(partial(predictions, studio, task))[0]["result"][0]["value"]["choices"]
    require(chosen == ["营商氛围"], chosen)
    say(f"renamed label: predicted as {chosen}")


def two_offices(ours: str, other: Studio, work: Path) -> None:
    """A second Label Studio has annotations of the same numbers; what is deleted there stays here."""
    before, numbers = stored(work), {row["annotation"].rpartition("/")[2] for row in rows(work)}
    project, tasks = new_project(other, ["另一处：为老人送餐上门。", *TEXTS[1:2]], view(TOPIC, tag="Text"))
    require(connect(other, project, ours)["state"] == "CO", project)
    made = [annotate(other, task, LIFE) for task in [*tasks, *tasks * 4]]
    both = {str(number) for number in made} & numbers
    require(bool(both), made)
    until(lambda: stored(work).get(TEXTS[1]) == ["livelihood"])
    other.call("POST", f"/api/dm/actions?id=delete_tasks&project={project}", ALL)
    until(lambda: stored(work) == before)
    say(
        f"a second Label Studio gave {len(both)} annotations numbers of the first; its tasks were deleted, the "
        "first's labels stay"
    )


def many(ours: str, studio: Studio, work: Path) -> None:
    """A training knows all annotations that were made before it."""
    texts = [f"第{number}号：为企业减负，优化营商环境。" for number in range(MANY)]
    project, _ = new_project(studio, texts, view(TOPIC, tag="Text"), BUSINESS)
    backend = connect(studio, project, ours)["id"]
    action = f"/api/dm/actions?id=predictions_to_annotations&project={project}"
    studio.call("POST", action, {**ALL, "model_version": "guess"})
    studio.call("POST", f"/api/ml/{backend}/train", {})
    known = sum(text in stored(work) for text in texts)
    say(f"{MANY} predictions made annotations; when the training began {known} were stored")
    require(known == MANY, known)


def exporting(studio: Studio, project: int, tasks: list[int], work: Path) -> None:
    """An export says what the webhook said."""
    require(len(tasks) == len(TEXTS), tasks)
    export = work / "export.json"
    export.write_bytes(studio.raw("GET", f"/api/projects/{project}/export?exportType=JSON"))
    labels = work / "imported"
    command = [classify(), "labels", "import", str(export), "--labels", str(labels), "--confirmed"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=work)
    say(f"export → {done.stderr.strip().splitlines()[-1]}")
    require(done.returncode == 0, done.stderr)
    found = stored(work, labels)
    require({text: stored(work)[text] for text in found} == found, found)
    require(set(found) == set(TEXTS) - {TEXTS[2]}, found)


def deleting(studio: Studio, project: int, tasks: list[int], work: Path) -> None:
    """Tasks deleted take their labels along; a deleted project leaves them."""
    selected = {"selectedItems": {"all": False, "included": [tasks[0]]}}
    studio.call("POST", f"/api/dm/actions?id=delete_tasks&project={project}", selected)
    until(lambda: TEXTS[0] not in stored(work))
    say("deleted task: its labels are gone")
    before = stored(work)
    studio.call("DELETE", f"/api/projects/{project}/")
    require(stored(work) == before, stored(work))
    say("deleted project: its labels stay")


def stored(work: Path, folder: Path | None = None) -> dict[str, list[str]]:
    """Return the newest decisions in a labels folder."""
    from classifier.labelling.corpus import read_decisions  # noqa: PLC0415 - after the checks above

    path = folder or work / "labels"
    if not (path / "taxonomy.toml").is_file():
        return {}
    return {str(one.text): list(one.labels) for one in read_decisions(path).paragraphs}


def rows(work: Path, text: str = "") -> list[dict[str, Any]]:
    """Return all rows of the labels folder's batches, or those of a text."""
    from classifier.labelling.label_file import read_rows  # noqa: PLC0415

    found = [row for path in (work / "labels" / "paragraphs").glob("*.jsonl") for _, row in read_rows(path)]
    return [row for row in found if text in {"", row["text"]}]


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    sys.exit(main())
