"""compose.yaml starts what there is: commands, settings, files, parts that need each other."""

import re
import shlex
import subprocess
import sys

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tests import composed
from tests.servers import FLAGS, ROOT
from tests.test_docs import variables

PROFILES = {
    "embedded": {"shop", "prepare-shop"},
    "production": {
        "prepare",
        "web",
        "worker",
        "models",
        "postgres",
        "redis",
        "prometheus",
        "grafana",
    },
}
PROFILES["gpu"] = PROFILES["production"] | {"vllm"}
OF_UVICORN = {"WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS"}
OURS = [(p, name) for p in PROFILES for name in composed.ours(p)]
# https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json, what is used of it
TOP = {"name", "services", "volumes", "secrets", "configs"}
KEYS = set(
    "image build command user init read_only cap_drop security_opt tmpfs volumes secrets configs restart"
    " stop_grace_period profiles environment ports depends_on healthcheck shm_size ipc deploy".split()
)


def seconds(text):
    return int(re.fullmatch(r"(\d+)s", text)[1])


def commands(service):
    """The programs a service runs, one or several in a shell."""
    said = service["command"]
    return (
        [shlex.split(part) for part in said[2].split("&&")] if said[:2] == ["sh", "-c"] else [said]
    )


def test_nothing_stands_in_it_that_compose_does_not_know():
    found = composed.read()
    assert {key for key in found if not key.startswith("x-")} == TOP
    for service in found["services"].values():
        assert set(service) <= KEYS and service["profiles"]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_whole(profile):
    found = composed.services(profile)
    assert set(found) == PROFILES[profile]
    for service in found.values():
        assert set(service.get("depends_on", ())) <= set(found)


def test_no_service_that_may_not_write_is_given_words_to_write_down():
    found = composed.read()
    for service in found["services"].values():
        given = [found["configs"][c["source"]] for c in service.get("configs", ())]
        assert not (service.get("read_only") and any("content" in config for config in given))


def test_postgresql_takes_the_connections_of_two_web_processes_and_four_workers():
    (most,) = [int(part.split("=")[1]) for part in composed.services("production")["postgres"]["command"]
               if part.startswith("max_connections=")]  # fmt: skip
    assert most >= (2 + 4) * (settings.TURNS_AT_ONCE + 8) + 100


def test_without_a_mail_server_nothing_starts():
    assert "${EMAIL_URL:?" in (ROOT / "compose.yaml").read_text()


def test_what_a_service_is_given_is_declared_and_nothing_is_declared_for_nobody():
    found = composed.read()
    given = {kind: set() for kind in ("volumes", "secrets", "configs")}
    for service in found["services"].values():
        given["volumes"] |= {v.split(":")[0] for v in service.get("volumes", ())}
        given["secrets"] |= set(service.get("secrets", ()))
        given["configs"] |= {c["source"] for c in service.get("configs", ())}
    assert given == {kind: set(found[kind]) for kind in given}
    for config in found["configs"].values():
        assert ("content" in config and yaml.safe_load(config["content"])) or (
            ROOT / config["file"]
        ).exists()


@pytest.mark.parametrize(("profile", "name"), OURS)
def test_a_service_of_ours_runs_a_command_that_there_is(profile, name):
    for program, *rest in commands(composed.ours(profile)[name]):
        assert program == "python"
        if rest[0] == "manage.py":
            parser = load_command_class(get_commands()[rest[1]], rest[1]).create_parser(
                "manage.py", rest[1]
            )
            parser.parse_args(rest[2:])
        else:
            assert rest == ["-m", "uvicorn", "storefront.asgi:application", "--host", "0.0.0.0",
                            "--port", "8000", *FLAGS]  # fmt: skip


@pytest.mark.parametrize(("profile", "name"), OURS)
def test_a_service_of_ours_sets_what_settings_read_and_is_given_its_secrets(profile, name):
    service = composed.ours(profile)[name]
    for variable, value in service["environment"].items():
        if variable.removesuffix("_FILE") in variables() and variable.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in service["secrets"]
        else:
            assert variable in variables() or variable in OF_UVICORN
    assert not {"SECRET_KEY", "LEDGER_KEY", "METRICS_TOKEN", "DATABASE_URL"} & set(
        service["environment"]
    )


@pytest.mark.parametrize(("profile", "name"), OURS)
def test_a_service_of_ours_may_do_little_and_is_given_time_to_end(profile, name):
    service = composed.ours(profile)[name]
    assert (
        service["user"] == "10001:10001" and service["read_only"] and service["cap_drop"] == ["ALL"]
    )
    graceful = int(FLAGS[FLAGS.index("--timeout-graceful-shutdown") + 1])
    assert seconds(service["stop_grace_period"]) > graceful + settings.STOP_SECONDS
    assert ("healthcheck" in service) != (service["restart"] == "no")


def test_every_other_service_says_whether_it_is_well_and_is_reached_from_this_machine_alone():
    for service in composed.read()["services"].values():
        assert "healthcheck" in service or service["restart"] == "no"
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        assert service["image"] == "counterfoil" or re.search(r":[v\d]", service["image"])


def test_the_image_holds_what_the_site_runs_with():
    recipe = composed.read()["services"]["web"]["build"]["dockerfile_inline"]
    for copied in re.findall(r"^COPY (\S+) ", recipe, re.M):
        assert (ROOT / copied).exists()
    torch = re.search(r"^torch(==\S+)", (ROOT / "requirements.txt").read_text(), re.M)[1]
    assert f"torch{torch} " in recipe


def test_prometheus_asks_where_figures_are_told():
    found = composed.services("production")
    asked = yaml.safe_load((ROOT / composed.read()["configs"]["prometheus"]["file"]).read_text())
    jobs = {job["job_name"]: job for job in asked["scrape_configs"]}
    assert jobs["web"]["static_configs"][0]["targets"] == ["web:8000"]
    for name in ("worker", "models"):
        port = jobs[name]["dns_sd_configs"][0]["port"]
        assert found[name]["environment"]["METRICS_ADDRESS"] == f"0.0.0.0:{port}"


def told(**env):
    script = "import django; django.setup(); from django.conf import settings as s; print(s.METRICS_TOKEN)"
    env = {"DJANGO_SETTINGS_MODULE": "storefront.settings", "PATH": "", **env}
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "token").write_text("tell me\n")
    assert told(METRICS_TOKEN_FILE=str(tmp_path / "token")).stdout == "tell me\n"


def test_a_file_that_cannot_be_read_is_named():
    assert (
        "METRICS_TOKEN_FILE=/nowhere cannot be read" in told(METRICS_TOKEN_FILE="/nowhere").stderr
    )
