"""How a report looks as a web page: by day, by night and on paper."""

from __future__ import annotations

REPORT_CSS = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --grey: #595959; --rule: #c4c4c4; --link: #1f3f77;
  --note: #f1f3f7; --warning: #fbf0ef; --edge: #7f8fa9; --alarm: #9c2b2b; --head: #eef0f3; --here: #fff3c4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e3; --paper: #191a1c; --grey: #a9a9a6; --rule: #4a4c50;
  --link: #9dbdf2; --note: #23272e; --warning: #33211f; --edge: #71829f; --alarm: #e08a84; --head: #26292e;
  --here: #4a4012; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 "Liberation Sans", Arial, Helvetica, sans-serif; overflow-wrap: anywhere; }
.marking { text-align: center; font-weight: bold; font-size: .85rem; margin: 0 0 1rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 3rem 0 .5rem; }
h2 { font-size: 1.45rem; line-height: 1.25; margin: 3.5rem 0 1rem; }
h3 { font-size: 1.15rem; line-height: 1.3; margin: 2.2rem 0 .6rem; }
h4, h5 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
h5 { font-style: italic; font-weight: normal; }
h1, h2, h3, h4, h5, .marking { overflow-wrap: break-word; }
.subtitle { font-size: 1.15rem; color: var(--grey); margin: 0 0 2rem; }
p { margin: 0 0 .9rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:focus-visible, .table:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
:target { background: var(--here); }
.details { border-top: 2px solid var(--ink); margin: 2rem 0; font-size: .95rem; }
.details div { display: flex; gap: 1rem; border-bottom: 1px solid var(--rule); padding: .35rem 0; }
.details dt { flex: 0 0 10rem; color: var(--grey); }
.details dd { margin: 0; min-width: 0; }
nav ol { list-style: none; padding: 0; margin: 0; }
nav ol ol { padding-inline-start: 1.25rem; margin: .2rem 0 .4rem; }
nav > ol > li { margin-top: .6rem; font-weight: bold; }
nav ol ol li { font-weight: normal; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.numbered { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr); }
section.unnumbered > * { margin-inline-start: 0; }
section.unnumbered > blockquote { margin-inline-start: 1.5rem; }
nav > ol > li > .paragraphs { font-weight: normal; }
.paragraphs { color: var(--grey); font-weight: normal; font-size: .9rem; margin-inline-start: .5rem; }
section > h3:not(.numbered), section > h4:not(.numbered), section > h5 { margin-inline-start: 3.5rem; }
section > p, section > ul, section > ol:not(.footnotes) { margin-inline-start: 3.5rem; }
.numbered > .number { font-variant-numeric: tabular-nums; color: inherit; text-decoration: none; }
a.number:hover { text-decoration: underline; }
blockquote { margin: 0 1.5rem 1rem 5rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--rule); }
section > blockquote { margin-inline-start: 5rem; }
blockquote p { margin-bottom: .3rem; }
blockquote footer { color: var(--grey); font-size: .9rem; text-align: end; }
ol { list-style: none; padding-inline-start: 0; }
ol > li { position: relative; padding-inline-start: 2.2rem; margin-bottom: .4rem; }
ol > li > .number { position: absolute; inset-inline-start: 0; }
ul > li { margin-bottom: .4rem; }
nav ol > li { padding: 0; }
.table { overflow-x: auto; margin: 1.5rem 0 2rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4; table-layout: fixed;
  min-width: 30rem; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
caption { text-align: start; padding-bottom: .5rem; }
th, td { padding: .35rem .5rem; vertical-align: top; text-align: start; border-bottom: 1px solid var(--rule); }
thead th { background: var(--head); border-bottom: 2px solid var(--ink); vertical-align: bottom; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.centre { text-align: center; }
aside { background: var(--note); border-inline-start: 4px solid var(--edge); padding: .8rem 1rem; margin: 1.2rem 0;
  font-size: .95rem; }
aside.warning { background: var(--warning); border-color: var(--alarm); }
aside .title { font-weight: bold; margin-bottom: .3rem; }
aside p:last-child { margin-bottom: 0; }
sup { line-height: 0; font-size: .72em; }
sup a { text-decoration: none; padding: 0 .1em; }
.footnotes { list-style: decimal; padding-inline-start: 2.6rem; font-size: .9rem; }
.footnotes > li { padding: 0; }
.footnotes a[role=doc-backlink] { text-decoration: none; }
hr.break { border: 0; border-top: 1px solid var(--rule); margin: 2.5rem 0; }
@media (max-width: 36rem) { .numbered { grid-template-columns: 2.6rem minmax(0, 1fr); }
  section > p, section > ul, section > ol:not(.footnotes) { margin-inline-start: 0; }
  blockquote, section > blockquote { margin-inline: 1rem 0; } .details div { display: block; } }
@media print { :root { --ink: #000; --paper: #fff; --grey: #444; --rule: #999; --link: #000; --note: #f4f4f4;
    --warning: #f4f4f4; --edge: #666; --alarm: #000; --head: #eee; --here: transparent; }
  @page { size: A4; margin: 24mm 25mm 22mm; }
  @page wide { size: A4 landscape; }
  .landscape { page: wide; }
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45; }
  h2, h3, h4, h5 { break-after: avoid; } section { break-before: page; } p { orphans: 3; widows: 3; }
  thead { display: table-header-group; } tr { break-inside: avoid; } .table { overflow: visible; }
  table { min-width: 0; }
  blockquote, aside { break-inside: avoid; } a { text-decoration: none; }
  hr.break { break-after: page; border: 0; margin: 0; }
  a[role=doc-backlink] { display: none; } nav { break-before: page; } }
""".strip()
