"""Several bots on one PostgreSQL server: what is in deploy/ for it is what the program is."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from adapters.peers import HAND_OVER_WITHIN
from adapters.serving import DRAIN_SECONDS
from adapters.watching import server
from bot.config import Settings
from bot.store.address import is_server

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
SETTINGS = {name.upper() for name in Settings.model_fields}
SECRETS = {name.upper() for name, field in Settings.model_fields.items() if field.annotation is SecretStr}
LABELS = {"app.kubernetes.io/name": "hello-circle"}


def read(*path: str) -> Any:
    return yaml.safe_load(DEPLOY.joinpath(*path).read_text(encoding="utf-8"))


def composed() -> dict[str, Any]:
    return read("compose.postgresql.yaml")


def bots() -> dict[str, dict[str, Any]]:
    return {name: service for name, service in composed()["services"].items() if "build" in service}


def listed() -> dict[str, Any]:
    """Give every resource of the base, by its kind."""
    resources = [read("kubernetes", name) for name in read("kubernetes", "kustomization.yaml")["resources"]]
    return {resource["kind"]: resource for resource in resources}


def pod() -> dict[str, Any]:
    return listed()["StatefulSet"]["spec"]["template"]["spec"]


def image() -> tuple[str, set[str]]:
    """Give the number of the image's user, and its ports."""
    containerfile = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    (user,) = re.findall(r"--uid (\d+)", containerfile)
    (exposed,) = re.findall(r"^EXPOSE (.*)$", containerfile, re.MULTILINE)
    return user, set(exposed.split())


def test_the_image_can_have_what_speaks_to_postgresql_and_has_it_only_when_asked() -> None:
    containerfile = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    (usual,) = re.findall(r"^ARG REQUIREMENTS=(\w+)$", containerfile, re.MULTILINE)
    chosen = {bot["build"]["args"]["REQUIREMENTS"] for bot in bots().values()}
    locks = {name: (DEPLOY.parent / "requirements" / f"{name}.txt").read_text() for name in (usual, *chosen)}
    assert {name for name, lock in locks.items() if re.search(r"^psycopg==", lock, re.MULTILINE)} == {"postgresql"}
    assert chosen == {"postgresql"}
    assert "LGPL" in containerfile
    assert "-r requirements/${REQUIREMENTS}.txt" in containerfile


def test_three_bots_share_a_server_and_nothing_else() -> None:
    assert len(bots()) == 3
    (address,) = {bot["environment"]["DATABASE_URL"] for bot in bots().values()}
    assert is_server(address)
    database = composed()["services"]["database"]
    assert re.fullmatch(r"docker\.io/library/postgres:\d+@sha256:[0-9a-f]{64}", database["image"])
    assert f"//{database['environment']['POSTGRES_USER']}:" in address
    assert address.endswith(f"@database/{database['environment']['POSTGRES_DB']}")
    mounted = [volume.partition(":")[0] for bot in bots().values() for volume in bot["volumes"]]
    assert len(mounted) == len(set(mounted)), "each keeps and deletes backups of its own"
    assert {*mounted, "database"} == set(composed()["volumes"])


@pytest.mark.parametrize("name", bots())
def test_a_composed_bot_has_no_more_rights_than_one_alone(name: str) -> None:
    bot, alone = bots()[name], read("compose.yaml")["services"]["hello-circle"]
    for right in ("read_only", "cap_drop", "security_opt", "restart", "stop_grace_period"):
        assert bot[right] == alone[right]
    assert {setting for setting in bot["environment"] if setting not in SETTINGS} == set()
    assert {port.rpartition(":")[2] for port in bot["ports"]} == image()[1]
    assert {port.partition(":")[0] for port in bot["ports"]} == {"127.0.0.1"}
    assert f"/data:uid={image()[0]},mode=0700" in bot["tmpfs"]


def test_no_two_composed_bots_take_the_same_port_of_the_machine() -> None:
    taken = [port.split(":")[1] for bot in bots().values() for port in bot["ports"]]
    assert len(taken) == len(set(taken))


def test_kustomize_accepts_the_base() -> None:
    """Where kubectl is; elsewhere the tests below read the same files."""
    program = shutil.which("kubectl")
    if program is not None:
        built = subprocess.run([program, "kustomize", KUBERNETES], capture_output=True, text=True, check=False)  # noqa: S603
        assert built.returncode == 0, built.stderr
        assert {resource["kind"] for resource in yaml.safe_load_all(built.stdout)} == set(listed())


def test_every_file_of_the_base_is_in_it() -> None:
    assert {file.name for file in KUBERNETES.glob("*.yaml")} == {
        "kustomization.yaml",
        *read("kubernetes", "kustomization.yaml")["resources"],
    }


def test_the_pods_settings_are_settings_of_the_program_and_no_secret_is_in_a_file() -> None:
    settings = listed()["ConfigMap"]["data"]
    assert {name for name in settings if name not in SETTINGS} == set()
    assert {name for name in settings if name in {*SECRETS, "DATABASE_URL"}} == set()
    Settings.model_validate({name.lower(): value for name, value in settings.items()})
    (bot,) = pod()["containers"]
    assert [next(iter(source.values()))["name"] for source in bot["envFrom"]] == ["hello-circle", "hello-circle"]
    needed = [setting["name"] for setting in bot["env"] if not setting["valueFrom"]["secretKeyRef"].get("optional")]
    assert needed == ["DATABASE_URL"], "without it three bots would begin a file each"
    page = (DEPLOY.parent / "docs" / "operators" / "kubernetes.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\s+--from-literal=(\w+)=", page, re.MULTILINE))
    assert {"DATABASE_URL", "ENCRYPTION_KEYS"} <= told <= SETTINGS


def test_a_pod_is_asked_where_the_program_answers() -> None:
    (bot,) = pod()["containers"]
    ports = {port["name"]: port["containerPort"] for port in bot["ports"]}
    assert {str(number) for number in ports.values()} == image()[1]
    assert str(ports["health"]) == listed()["ConfigMap"]["data"]["HEALTH_PORT"]
    asked = {name: bot[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert {name: probe["path"] for name, probe in asked.items()} == {
        "startup": server.ALIVE,
        "liveness": server.ALIVE,
        "readiness": server.READY,
    }
    assert {probe["port"] for probe in asked.values()} == {"health"}
    assert {port["targetPort"] for port in listed()["Service"]["spec"]["ports"]} == set(ports)
    assert {
        rule["port"] for direction in listed()["NetworkPolicy"]["spec"]["ingress"] for rule in direction["ports"]
    } == set(ports)


def test_a_pod_has_no_rights_and_can_write_its_backups_its_work_and_nothing_else() -> None:
    (bot,) = pod()["containers"]
    assert bot["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert {str(pod()["securityContext"][name]) for name in ("runAsUser", "runAsGroup", "fsGroup")} == {image()[0]}
    assert pod()["automountServiceAccountToken"] is False
    assert {mount["mountPath"] for mount in bot["volumeMounts"]} == {"/backups", "/data", "/tmp"}  # noqa: S108
    claims = {claim["metadata"]["name"] for claim in listed()["StatefulSet"]["spec"]["volumeClaimTemplates"]}
    assert {mount["name"] for mount in bot["volumeMounts"]} == {
        *claims,
        *(volume["name"] for volume in pod()["volumes"]),
    }
    assert listed()["ConfigMap"]["data"]["BACKUP_DIR"] == "/backups"


def test_a_stop_has_time_to_answer_and_one_bot_at_most_is_taken_away() -> None:
    needed = HAND_OVER_WITHIN + DRAIN_SECONDS
    assert pod()["terminationGracePeriodSeconds"] > needed
    assert {int(bot["stop_grace_period"].removesuffix("s")) > needed for bot in bots().values()} == {True}
    assert listed()["PodDisruptionBudget"]["spec"]["maxUnavailable"] == 1
    assert listed()["StatefulSet"]["spec"]["replicas"] == 3


def test_what_belongs_together_is_found_by_the_same_label() -> None:
    kinds = listed()
    assert kinds["StatefulSet"]["spec"]["template"]["metadata"]["labels"] == LABELS
    assert kinds["StatefulSet"]["spec"]["selector"]["matchLabels"] == LABELS
    assert kinds["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == LABELS
    assert kinds["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == LABELS
    assert kinds["Service"]["spec"]["selector"] == LABELS
    assert kinds["StatefulSet"]["spec"]["serviceName"] == kinds["Service"]["metadata"]["name"]
