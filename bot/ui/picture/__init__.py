"""Draws the chart: letters by HarfBuzz, an SVG by a template, a PNG by resvg."""
