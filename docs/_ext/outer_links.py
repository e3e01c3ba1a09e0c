"""Links that leave docs/ are for readers of the repository; the site keeps their words.

A link to a notebook in examples/ leads to the page that is made of it.
"""

from pathlib import Path
from urllib.parse import urlparse

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

SUFFIXES = (".md", ".ipynb")


class OuterLinks(SphinxTransform):
    """Takes the link off words that lead to a file or folder outside of docs/."""

    default_priority = 100

    def apply(self, **_: object) -> None:
        """Replace such links by what they say, or by a link to the page there is."""
        for kind in (pending_xref, download_reference, nodes.reference):
            for link in list(self.document.findall(kind)):
                place = self._outside(link)
                if place is not None:
                    link.replace_self(self._kept(link, place))

    def _outside(self, link: nodes.Element) -> Path | None:
        """Return where a link leads, if that is there and outside of docs/."""
        target = link.get("reftarget") or link.get("refuri") or ""
        if not target or urlparse(target).scheme or target.startswith("#"):
            return None
        page = Path(self.env.doc2path(self.env.docname))
        place = (page.parent / target.partition("#")[0]).resolve()
        if place.is_relative_to(Path(self.env.srcdir).resolve()):
            return None
        # A link to a page has lost its suffix already.
        written = (place.with_name(f"{place.name}{end}") for end in ("", *SUFFIXES))
        return next((path for path in written if path.exists()), None)

    def _kept(self, link: nodes.Element, place: Path) -> list[nodes.Node]:
        if place.suffix != ".ipynb":
            return list(link.children)
        page = pending_xref(
            "",
            *link.children,
            refdomain="std",
            reftype="doc",
            reftarget=f"/{place.parent.name}/{place.stem}",
            refdoc=self.env.docname,
            refexplicit=True,
        )
        return [page]


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at the links of every page as it is read."""
    app.add_transform(OuterLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
