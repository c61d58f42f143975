"""The server that commands and tests kill: a process of its own with an environment of its own, back at the same address."""

import urllib.error
import urllib.request

import psutil
import pytest

from fieldapp.browsing.site import Site

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
SUFFERING = "import fieldapp.config"


@pytest.fixture
def sites(communes, tmp_path):
    """sites(name, before): a server with a folder of its own, started."""
    started: list[Site] = []

    def sites(name: str, before: str = "") -> Site:
        site = Site(communes, tmp_path / name, before)
        started.append(site)
        site.start()
        return site

    yield sites
    for site in started:
        site.stop()


def answers(site: Site) -> bool:
    try:
        return urllib.request.urlopen(f"{site.address}/api/health", timeout=20).status == 200
    except urllib.error.URLError:
        return False


@ONE_DATABASE
def test_each_is_a_process_with_its_own_folder_that_dies_alone(sites, tmp_path):
    one, other = sites("one"), sites("other")
    pids = one.process.pid, other.process.pid
    one.stop()
    assert (answers(one), answers(other)) == (False, True)
    assert (psutil.pid_exists(pids[0]), psutil.pid_exists(pids[1])) == (False, True)
    assert (tmp_path / "one").is_dir() and (tmp_path / "other").is_dir()


@ONE_DATABASE
@pytest.mark.parametrize("before", ["", SUFFERING])
def test_started_again_it_stands_where_it_stood(sites, before):
    site = sites("one", before)
    address, pid = site.address, site.process.pid
    site.stop()
    assert site.start() == address and site.process.pid != pid and answers(site)


@ONE_DATABASE
def test_a_server_that_can_not_start_says_so(sites, communes, tmp_path):
    taken = sites("one")
    second = Site(communes, tmp_path / "second")
    second.port = taken.port
    with pytest.raises(AssertionError, match="the server ended"):
        second.start()
    second.stop()
