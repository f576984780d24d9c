"""The same figure on other machines: another locale, and an arithmetic that is wrong in the last bit."""

import os
import shutil
import subprocess
import sys

import pytest

from analysis import paths
from analysis.figures import steady_svg

WRONG_BY_AN_ULP = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
static double off(double x) { return isfinite(x) && x != 0 ? nextafter(x, INFINITY) : x; }
#define ONE(name) double name(double x) { static double (*real)(double); \
    if (!real) real = (double (*)(double)) dlsym(RTLD_NEXT, #name); return off(real(x)); }
#define TWO(name) double name(double x, double y) { static double (*real)(double, double); \
    if (!real) real = (double (*)(double, double)) dlsym(RTLD_NEXT, #name); return off(real(x, y)); }
ONE(log10) ONE(log) ONE(log2) ONE(exp) ONE(exp2) ONE(sin) ONE(cos) ONE(tan) ONE(atan) ONE(log1p) ONE(expm1)
TWO(pow) TWO(atan2) TWO(hypot)
"""
DRAW = """
import hashlib, sys
import numpy as np, pandas as pd
from analysis.figures import _draw
from analysis.plots import plot_rank_stability, plot_document_map, plot_coverage
ranks = pd.DataFrame({
    "group": ["甲"] * 4 + ["乙"] * 4, "term": ["述法", "普法", "督察", "立法"] * 2, "rank": [1, 2, 3, 4] * 2,
    "rank_low": [1, 1, 2, 3] * 2, "rank_high": [3, 7, 9, 40] * 2, "share_in_top": [1.0, 0.9, 0.6, 0.5] * 2, "n_units": 8})
points = pd.DataFrame({
    "kind": ["document"] * 2 + ["term"] * 3, "label": ["甲", "乙", "述法", "普法", "DP（0 = 均匀）"], "x": [-1.1, 0.7, 0.2, 0.31, -0.4],
    "y": [0.3, -0.2, 0.1, 0.4, -0.35], "mass": 0.2, "contribution": 0.1, "quality": 0.9, "inertia_x": 0.6, "inertia_y": 0.4})
for ax in (plot_rank_stability(ranks), plot_document_map(points)):
    for ending, content in _draw(ax.figure, ranks).items():
        print(ending, hashlib.sha256(content).hexdigest())
from matplotlib import rc_context
from matplotlib.figure import Figure
from analysis.plots.style import STYLE
with rc_context(STYLE):
    figure = Figure(layout="constrained")
    ax = figure.subplots()
    ax.set_xscale("log"); ax.set_xlim(0.85, 46.0); ax.set_xticks([1, 10, 40], ["1", "10", "40"]); ax.minorticks_off()
    ax.plot([1, 2, 30], [0.1, 0.2, 0.15], "D", label="菱形 DP（0 = 各篇均匀）"); ax.legend(loc="upper left")
for ending, content in _draw(figure, ranks).items():
    print(ending, hashlib.sha256(content).hexdigest())
print(repr(float(np.log10(0.85))), repr(__import__("math").sin(0.7)))
"""


def drawn(**environment):
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    *digests, arithmetic = done.stdout.strip().splitlines()
    return digests, arithmetic


@pytest.fixture(scope="module")
def here():
    return drawn()


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8"])
def test_a_locale_draws_no_other_picture(here, locale, tmp_path):
    settings = {"LC_ALL": locale, "LANG": locale}
    if not locale.startswith("C"):
        # Made here, since a machine rarely has it: a locale that is not there counts as C and would prove nothing.
        if not shutil.which("localedef") or not os.path.exists(f"/usr/share/i18n/locales/{locale[:5]}"):
            pytest.skip("the sources of locales are not installed (apt-get install locales)")
        subprocess.run(
            ["localedef", "-i", locale[:5], "-f", "UTF-8", tmp_path / locale], check=False, capture_output=True
        )
        settings["LOCPATH"] = str(tmp_path)
        said = subprocess.run(
            ["locale"], env={**os.environ, **settings}, capture_output=True, text=True, check=True
        )
        assert "Cannot set" not in said.stderr
    assert drawn(**settings)[0] == here[0]


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="needs a C compiler and LD_PRELOAD"
)
def test_an_arithmetic_wrong_in_the_last_bit_draws_no_other_picture(here, tmp_path):
    source, library = tmp_path / "ulp.c", tmp_path / "ulp.so"
    source.write_text(WRONG_BY_AN_ULP, encoding="ascii")
    subprocess.run(
        ["cc", "-O1", "-fno-builtin", "-shared", "-fPIC", source, "-o", library, "-ldl", "-lm"], check=True
    )
    digests, arithmetic = drawn(LD_PRELOAD=str(library))
    assert arithmetic != here[1], "the library was not used, so that the test would prove nothing"
    assert digests == here[0]


def test_identifiers_depend_on_their_order_alone():
    one = b'<g id="p00112233aa"/><use xlink:href="#m0102030405"/><path clip-path="url(#p00112233aa)" d="M -0 1 L -0.0 -0.5"/>'
    two = one.replace(b"p00112233aa", b"pffeeddccbb").replace(b"-0 1", b"0 1")
    assert steady_svg(one) == steady_svg(two)
    assert b"-0.5" in steady_svg(one)
    assert steady_svg(one).count(b"p1") == 2


def test_committed_figures_hold_no_hashed_identifier():
    from analysis.figures import _IDENTIFIER

    for path in (paths.PROJECT / "figures").glob("*.svg"):
        assert not _IDENTIFIER.search(path.read_bytes()), path.name
