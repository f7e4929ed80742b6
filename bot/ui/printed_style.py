"""How a printed page looks, on a screen and on paper."""

STYLE = """
@page { margin: 15mm }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact }
body { color: #1f2933; font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.5rem }
article + article { border-top: 1px dashed #9aa5b1; margin-top: 2.5rem; padding-top: 2rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem }
p { margin: 0 }
.below { color: #52606d }
.fields { align-items: baseline; display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin-top: 1rem }
.fields p { align-items: baseline; display: flex; flex: 1 1 16rem; gap: .5rem }
.line { border-bottom: 1px solid #52606d; flex: 1; min-height: 1.6em; min-width: 8rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; margin: 1.25rem 0 1rem; width: 100% }
th, td { border-bottom: 1px solid #d3dae2; padding: .45rem .5rem; text-align: end; vertical-align: bottom }
th:first-child, .words th, .words td { text-align: start }
.words th, .words td { min-width: 8rem; overflow-wrap: break-word; vertical-align: top }
.words tbody th, .figures td { white-space: nowrap }
thead th { border-bottom: 2px solid #1f2933 }
tbody th { font-weight: 500 }
td { font-variant-numeric: tabular-nums }
.whole { background: #eef3f8; font-weight: 650 }
figure { break-inside: avoid; margin: 0 }
figure svg { display: block; height: auto; width: 100% }
ul { color: #52606d; margin: .25rem 0 0; padding-inline-start: 1.2rem }
section, tr, .fields { break-inside: avoid }
@media screen and (max-width: 40rem) {
  .words, .words tbody, .words tr, .words tbody th, .words td { display: block }
  .words thead { display: none }
  .words tr { border-bottom: 1px solid #d3dae2; padding: .5rem 0 }
  .words tbody th, .words td { border: 0; padding: 0 }
}
@media screen and (max-width: 45rem) {
  body { padding: 1rem }
  figure { overflow-x: auto }
  figure svg { width: 40rem }
  .figures th:first-child { background: #fff; inset-inline-start: 0; min-width: 7rem; position: sticky }
  .figures thead th { white-space: nowrap }
}
@media print {
  body { font-size: 9.5pt; line-height: 1.35; max-width: none; padding: 0 }
  article + article { border: 0; break-before: page; margin: 0; padding: 0 }
  h1 { font-size: 16pt }
  table { margin: .7rem 0 .5rem }
  th, td { padding: .25rem .4rem }
}
"""
