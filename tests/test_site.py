"""The pages can be read without a network, and lead to one another."""

import re

import pytest
from notebook_fixtures import code, markdown, write_notebook

from analysis.notebooks.html_export import write_site


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_site_has_a_page_a_notebook_and_loads_nothing_from_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("ANALYSIS_NOTEBOOKS", str(tmp_path))
    monkeypatch.setenv("ANALYSIS_BUILD", str(tmp_path / "build"))
    top = "# 各篇 <关键词> 是什么？\n\n**数字法治**最为突出，见[比较](02-比较.ipynb)。"
    write_notebook(tmp_path / "01-keywords.ipynb", markdown(top), code("1 + 1"))
    write_notebook(tmp_path / "02-x.ipynb", markdown("前往[关键词](01-keywords.ipynb)。"))
    assert write_site() == 0
    site = tmp_path / "build" / "site"
    index = (site / "index.html").read_text(encoding="utf-8")
    assert '<a href="01-keywords.html">各篇 &lt;关键词&gt; 是什么？</a>' in index
    assert "数字法治最为突出，见比较。" in index
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"""(src|href)=["']?(https?:)?//""", text), page
        assert not re.search(r"""(import|url)\(["']?https?:""", text), page
    assert 'href="01-keywords.html"' in (site / "02-x.html").read_text(encoding="utf-8")
