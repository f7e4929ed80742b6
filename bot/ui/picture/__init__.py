"""Draws the chart: letters by HarfBuzz, an SVG element by element, a PNG by resvg."""
