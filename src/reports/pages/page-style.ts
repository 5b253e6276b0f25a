const light = `
  --page: #f7f8f9; --card: #ffffff; --text: #1a2028; --muted: #55606c; --line: #d9dee4; --link: #0a4f95;
  --good: #14602f; --good-bg: #e9f5ed; --wait: #1c4e86; --wait-bg: #eaf1fa;
  --doubt: #744700; --doubt-bg: #fdf3dd; --act: #97181b; --act-bg: #fdecec;
  --accepted: #2f8a57; --rejected: #c2372f; --invalid: #c26d12; --pending: #4281c4; --unknown: #7d5bb5; --held: #7d8894; --danger: #a88600;`;

const dark = `
  --page: #12161a; --card: #1a1f25; --text: #e7eaee; --muted: #a4adb7; --line: #363e47; --link: #8fc1f4;
  --good: #8ed8a8; --good-bg: #14291d; --wait: #a3cbf6; --wait-bg: #16273b;
  --doubt: #f2c877; --doubt-bg: #302610; --act: #ffa49c; --act-bg: #371a1b;
  --accepted: #46a873; --rejected: #e0605a; --invalid: #e89a4b; --pending: #5f9bdc; --unknown: #a184d6; --held: #8f9aa6; --danger: #d9b93a;`;

const text = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
header, main, footer { width: min(57.5rem, 100% - 2.5rem); margin: 0 auto; }
header { display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: center; padding-top: 1.5rem; color: var(--muted); }
header .brand { font-weight: 600; color: var(--text); }
main { padding-bottom: 1.5rem; }
footer { border-top: 1px solid var(--line); padding-top: 1rem; padding-bottom: 2.5rem; color: var(--muted); font-size: .85rem; }
h1 { font-size: 1.7rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; margin: .6rem 0 .4rem; text-wrap: balance; }
h2 { font-size: 1.1rem; line-height: 1.35; font-weight: 650; margin: 2.25rem 0 .6rem; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 600; margin: 0; } h3.part { margin: 1.8rem 0 .3rem; }
p { margin: .35rem 0; max-width: 46rem; }
.lead { font-size: 1.15rem; }
.muted { color: var(--muted); }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.source { white-space: pre-wrap; margin: .4rem 0; } .source code { display: block; }
code, .mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .88em; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.vh { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.tag { display: inline-block; padding: .05rem .6rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .82rem; font-weight: 600; }
.good { color: var(--good); } .wait { color: var(--wait); } .doubt { color: var(--doubt); } .act { color: var(--act); }
.state { font-weight: 600; }`;

const blocks = `
.box { border: 1px solid; border-left-width: .35rem; border-radius: .4rem; padding: .8rem 1.1rem; margin: 1.1rem 0; }
p.box { max-width: none; } .box > * { color: var(--text); } .box h2 { margin: 0 0 .25rem; color: inherit; }
.box.good { background: var(--good-bg); } .box.wait { background: var(--wait-bg); }
.box.doubt { background: var(--doubt-bg); } .box.act { background: var(--act-bg); }
.box ul { margin: .35rem 0; padding-left: 1.2rem; }
h2.loud { font-size: 1.25rem; letter-spacing: .02em; }
.cards, .links, .legend { list-style: none; margin: 0; padding: 0; }
.cards > li { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .75rem 1.1rem; margin: .6rem 0; }
.cards .top { display: flex; flex-wrap: wrap; gap: .1rem 1rem; justify-content: space-between; align-items: baseline; }
.links { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; }
.figures { display: flex; flex-wrap: wrap; gap: .75rem 2.25rem; margin: .4rem 0 .9rem; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--muted); font-size: .88rem; }
.figures dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.nights { display: block; width: 100%; height: 5.5rem; } .nights .ground { fill: var(--line); opacity: .35; } .late { fill: var(--invalid); }
.met, .median { fill: var(--accepted); } .open, .timeLeft { fill: var(--pending); } .inDanger { fill: var(--danger); } .overdue { fill: var(--rejected); }
.slowest { fill: var(--held); opacity: .6; }
.ends { display: flex; justify-content: space-between; max-width: none; margin: .2rem 0 0; font-size: .84rem; }
.bar { display: block; width: 100%; height: 1.5rem; border-radius: .3rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: .55rem 0 0; font-variant-numeric: tabular-nums; }
.legend svg { width: .75rem; height: .75rem; border-radius: .15rem; margin-right: .4rem; }
.accepted { fill: var(--accepted); } .rejected { fill: var(--rejected); } .invalid { fill: var(--invalid); }
.pending { fill: var(--pending); } .unknown { fill: var(--unknown); } .held { fill: var(--held); }
.small dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .4rem 0 0; }
.small dd { margin: 0; } .small h2 { margin: 0; font-size: .95rem; color: var(--text); }`;

const tables = `
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); font-size: .94rem; }
caption { text-align: left; color: var(--muted); font-size: .88rem; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-top: 1px solid var(--line); font-weight: inherit;
  overflow-wrap: break-word; }
tbody th[scope="row"] { overflow-wrap: anywhere; } .stack tbody th[scope="row"] { min-width: 10rem; } .stack tbody th[scope="row"]:has(> code) { min-width: 14.5rem; }
.once { white-space: nowrap; }
thead th { border-top: 0; font-size: .84rem; font-weight: 600; color: var(--muted); }
th.n, td.n { text-align: right; }
thead th::first-letter { text-transform: uppercase; }
.columns { width: auto; min-width: min(100%, 34rem); } .columns th[scope="row"], .columns td.n { white-space: nowrap; width: 1%; }
.columns th, .columns td { padding-top: .2rem; padding-bottom: .2rem; } .columns svg { display: block; width: 100%; height: .8rem; }
details { margin: .9rem 0; } summary { cursor: pointer; color: var(--link); } details table { margin-top: .6rem; }
.sums { margin-top: .8rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1.25rem; align-items: start; }
.sums tfoot th, .sums tfoot td { border-top: 2px solid var(--text); font-weight: 650; }
.sums tbody td.n, .sums tfoot td.n { width: 40%; }`;

/** Where a wide table has no room, each row of it becomes a block of its own, each cell with its column's name before it. */
const narrow = `
@media screen and (max-width: 60rem) {
  .stack, .stack tbody, .stack tr, .stack th, .stack td, .stack caption { display: block; width: auto; }
  .stack { border: 0; background: none; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tbody { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; }
  .stack tr { display: grid; grid-template-columns: repeat(12, 1fr); gap: .1rem .6rem; padding: .6rem .85rem; border-top: 1px solid var(--line); }
  .stack tr:first-child { border-top: 0; }
  .stack tbody th, .stack tbody td { grid-column: 1 / -1; border: 0; padding: 0; min-width: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
  .stack tbody th[scope="row"] { font-weight: 600; min-width: 0; order: -2; }
  .stack tbody td.up { order: -1; }
  .stack tbody td.c3 { grid-column: span 3; } .stack tbody td.c4 { grid-column: span 4; } .stack tbody td.c6 { grid-column: span 6; }
  .stack td[data-label]::before { content: attr(data-label); display: block; color: var(--muted); font-size: .8rem; line-height: 1.3; }
}
@media screen and (max-width: 40rem) {
  header, main, footer { width: calc(100% - 2rem); }
  h1 { font-size: 1.4rem; }
  .box { padding: .7rem .85rem; } .cards > li { padding: .65rem .85rem; }
  .small dl { grid-template-columns: 1fr; gap: 0; } .small dd { margin-bottom: .4rem; }
}`;

const paper = `
@page { size: A4; margin: 16mm 15mm; }
@media print {
  html { font-size: 9.5pt; }
  body { background: #fff; font-size: 1rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, main, footer { width: auto; }
  header { padding-top: 0; } h2 { margin-top: 1.4rem; }
  h2, h3, caption { break-after: avoid; } tr, .box, .cards > li, .keep { break-inside: avoid; }
  th, td { padding: .25rem .4rem; } .stack tbody th[scope="row"] { min-width: 13.5rem; } table { font-size: .88rem; } a { color: inherit; }
}`;

/** The style of all pages: light unless the reader's screen is dark; always light on paper. */
export const pageStyle = `:root { color-scheme: light dark;${light} }
@media screen and (prefers-color-scheme: dark) { :root {${dark} } }${text}${blocks}${tables}${narrow}${paper}
`;
