"""An SVG of outlines only, that grows part by part; every part is an element, so nothing in it can become another."""

from xml.etree.ElementTree import Element, SubElement

from bot.ui.picture.page import Box, Label


class Outlines:
    """What can be drawn: words as their outline, boxes, and shapes."""

    def __init__(self, view: Box, style: str) -> None:
        corner, size = f"{number(view.x)} {number(view.y)}", (number(view.width), number(view.height))
        self.svg = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"{corner} {size[0]} {size[1]}",
                "width": size[0],
                "height": size[1],
            },
        )
        """What was drawn until now."""
        SubElement(self.svg, "style").text = style

    def words(self, label: Label | None, kind: str = "ink") -> None:
        """Draw words, where there are some."""
        if label is not None:
            self.shape("path", kind, transform=f"translate({number(label.x)} {number(label.y)})", d=label.path)

    def box(self, box: Box | None, kind: str, corners: float = 0) -> None:
        """Draw a rectangle, where there is one."""
        if box is not None:
            size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": corners}
            self.shape("rect", kind, **{name: number(value) for name, value in size.items()})

    def shape(self, name: str, kind: str, **attributes: str) -> None:
        """Draw a shape of a kind, which the style gives its colour."""
        SubElement(self.svg, name, {"class": kind, **attributes})


def number(value: float) -> str:
    """Write a length, as exactly as an eye can see."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
