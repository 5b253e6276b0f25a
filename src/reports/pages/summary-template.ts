import type { SummaryPage } from '../page-data.ts';
import type { Receipt } from '../receipt.ts';
import { htmlTemplate } from './html-template.ts';
import type { counted, grouped } from './numbers.ts';
import type { BarPart } from './outcome-bar.ts';
import type { StateWords } from './state-words.ts';

/** A sum as it is written on paper: its parts, and what they come to. */
export type Sum = { caption: string; parts: { label: string; count: number }[]; total: { label: string; count: number } };

/** What the template of `summary.html` draws; whatever needs deciding is decided. */
export type SummaryView = {
  page: SummaryPage;
  receipt: Receipt;
  sentence: string;
  state: StateWords;
  holds: boolean;
  taken: string;
  again: string | null;
  nextResend: string | null;
  earliestDue: string | null;
  bar: { length: number; parts: BarPart[]; words: string };
  sums: Sum[];
  batches: { reference: string; status: string; sent: number; reported: number | null; attempts: number; sentAt: string | null; verdictAt: string | null }[];
  owner: string;
  grouped: typeof grouped;
  counted: typeof counted;
};

const head = `
<header>
<span class="brand">luottoputki</span>
<% if (it.receipt.environment !== 'production') { %><span class="tag doubt"><%= it.receipt.environment %></span><% } %>
<% if (!it.receipt.final) { %><span class="tag wait">not final yet</span><% } %>
<span><code><%= it.receipt.file.name %></code>, taken <%= it.taken %></span>
</header>`;

const nextStep = `
<h1><%= it.sentence %></h1>
<% if (it.again) { %><p class="lead"><%= it.again %></p><% } %>
<% if (!it.holds) { %>
<section class="box act loud" aria-labelledby="unbalanced">
<h2 id="unbalanced">THE SUMS DO NOT HOLD</h2>
<p>The counts of this export do not add up, so nothing of it counts as done. See <a href="#counts">the counts</a>, keep <a href="receipt.json">receipt.json</a>, and tell whoever looks after luottoputki.</p>
</section>
<% } %>
<section class="box <%= it.state.tone %>" aria-labelledby="next">
<h2 id="next"><%= it.state.label %></h2>
<p><%= it.state.meaning %></p>
<p><strong>Next step:</strong> <%= it.receipt.nextStep %></p>
<% if (it.nextResend) { %><p>The next report goes again on <%= it.nextResend %>.</p><% } %>
<% if (it.receipt.state === 'needsFixing') { %><p><a href="restricted/to-fix.csv">Open restricted/to-fix.csv</a></p><% } %>
<% if (!it.receipt.final) { %><p>Not final yet: this page is written anew as soon as more is known.</p><% } %>
</section>
<% if (it.receipt.correctionOf || it.receipt.correctedBy.length > 0) { %>
<ul class="links">
<% if (it.receipt.correctionOf) { %><li>This export corrects <code><%= it.receipt.correctionOf.name %></code> (SHA-256 <code><%= it.receipt.correctionOf.sha256.slice(0, 8) %></code>…).</li><% } %>
<% for (const other of it.receipt.correctedBy) { %><li>Corrected by <code><%= other.name %></code> (SHA-256 <code><%= other.sha256.slice(0, 8) %></code>…).</li><% } %>
</ul>
<% } %>`;

const deadlines = `
<section aria-labelledby="deadlines">
<h2 id="deadlines">Deadlines</h2>
<dl class="figures">
<div><dt>reported in time</dt><dd><%= it.grouped(it.receipt.deadlines.met) %></dd></div>
<div><dt>late</dt><dd<% if (it.receipt.deadlines.late > 0) { %> class="act"<% } %>><%= it.grouped(it.receipt.deadlines.late) %></dd></div>
<div><dt>earliest due of what is open</dt><dd><%= it.earliestDue ?? 'none' %></dd></div>
</dl>
</section>
<% if (it.bar.parts.length > 0) { %>
<section aria-labelledby="outcome">
<h2 id="outcome">What became of the reports</h2>
<svg class="bar" role="img" aria-labelledby="bar-title bar-words" viewBox="0 0 <%= it.bar.length %> 10" preserveAspectRatio="none">
<title id="bar-title">Outcome of <%= it.counted(it.receipt.counts.reportsBuilt, 'report') %></title>
<desc id="bar-words"><%= it.bar.words %></desc>
<% for (const part of it.bar.parts) { %><rect class="<%= part.key %>" x="<%= part.x %>" y="0" width="<%= part.width %>" height="10"/><% } %>
</svg>
<ul class="legend">
<% for (const part of it.bar.parts) { %><li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="<%= part.key %>" width="1" height="1"/></svg><%= it.grouped(part.count) %> <%= part.label %></li><% } %>
</ul>
</section>
<% } %>`;

const findings = `
<% if (it.receipt.findingsByCode.length > 0) { %>
<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
<ul class="cards">
<% for (const finding of it.receipt.findingsByCode) { %>
<li>
<div class="top"><h3><%= finding.text %></h3><span class="n"><%= it.counted(finding.count, 'time') %></span></div>
<p><%= finding.howToFix %></p>
<p class="muted"><code><%= finding.code %></code><% if (finding.firstLines.length > 0) { %> · <%= finding.firstLines.length === 1 ? 'line' : 'lines' %> <%= finding.firstLines.map(it.grouped).join(', ') %><%= finding.count > finding.firstLines.length ? ' and more' : '' %><% } %></p>
</li>
<% } %>
</ul>
<p class="muted">Every one of them, with line and column: <a href="errors.csv">errors.csv</a>.</p>
</section>
<% } %>`;

const counts = `
<section aria-labelledby="counts">
<h2 id="counts">Counts that add up</h2>
<p><% if (it.holds) { %><span class="tag good">the sums hold</span><% } else { %><strong class="tag act">THE SUMS DO NOT HOLD</strong><% } %></p>
<div class="sums">
<% for (const sum of it.sums) { %>
<table>
<caption><%= sum.caption %></caption>
<thead class="vh"><tr><th scope="col">part</th><th scope="col">count</th></tr></thead>
<tbody><% for (const [i, part] of sum.parts.entries()) { %>
<tr><th scope="row"><%= i > 0 ? '+ ' : '' %><%= part.label %></th><td class="n"><%= it.grouped(part.count) %></td></tr><% } %>
</tbody>
<tfoot><tr><th scope="row">= <%= sum.total.label %></th><td class="n"><%= it.grouped(sum.total.count) %></td></tr></tfoot>
</table>
<% } %>
</div>
</section>
<% if (it.page.skipped.length > 0) { %>
<section aria-labelledby="skipped">
<h2 id="skipped">Skipped by rule</h2>
<table class="stack">
<caption>Rows the mapping leaves out, and why</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Why</th><th scope="col" class="n">Rows</th></tr></thead>
<tbody><% for (const rule of it.page.skipped) { %>
<tr><th scope="row"><code><%= rule.id %></code></th><td><%= rule.why %></td><td class="n" data-label="Rows"><%= it.grouped(rule.count) %></td></tr><% } %>
</tbody>
</table>
</section>
<% } %>`;

const batches = `
<section aria-labelledby="batches">
<h2 id="batches">Batches</h2>
<% if (it.receipt.batches.length === 0) { %><p class="muted">No batch was made of this export.</p><% } else { %>
<table class="stack">
<caption><%= it.counted(it.receipt.batches.length, 'batch', 'batches') %><% if (it.batches.length < it.receipt.batches.length) { %>; <%= it.batches.length %> are shown, those without a verdict first. <a href="receipt.json">receipt.json</a> has all<% } %>. Times are Finnish.</caption>
<thead><tr><th scope="col">Reference</th><th scope="col">Status</th><th scope="col" class="n">Sent</th><th scope="col" class="n">Reported</th><th scope="col" class="n">Attempts</th><th scope="col" class="n">Sent at</th><th scope="col" class="n">Verdict at</th></tr></thead>
<tbody><% for (const batch of it.batches) { %>
<tr><th scope="row"><code><%= batch.reference %></code></th><td class="up"><%= batch.status %></td><td class="n c4" data-label="Sent"><%= it.grouped(batch.sent) %></td><td class="n c4" data-label="Reported"><%= batch.reported === null ? 'not known' : it.grouped(batch.reported) %></td><td class="n c4" data-label="Attempts"><%= it.grouped(batch.attempts) %></td><td class="n c6" data-label="Sent at"><%= batch.sentAt ?? 'not yet' %></td><td class="n c6" data-label="Verdict at"><%= batch.verdictAt ?? 'not yet' %></td></tr><% } %>
</tbody>
</table>
<% } %>
</section>
<nav aria-labelledby="files">
<h2 id="files">Files beside this page</h2>
<ul class="links">
<li><a href="receipt.json">receipt.json</a></li>
<li><a href="errors.csv">errors.csv</a></li>
<li><a href="accepted.csv">accepted.csv</a></li>
<% if (it.receipt.state === 'needsFixing') { %><li><a href="restricted/to-fix.csv">restricted/to-fix.csv</a></li><% } %>
<li><a href="../../today.html">today.html</a>, the whole day</li>
</ul>
</nav>`;

const smallPrint = `
<footer class="small">
<h2>Small print</h2>
<dl>
<dt>File</dt><dd><%= it.receipt.file.name %>, <%= it.counted(it.receipt.file.size, 'byte') %>, <%= it.receipt.file.rows === null ? 'rows not known' : it.counted(it.receipt.file.rows, 'row') %></dd>
<dt>SHA-256</dt><dd><code><%= it.receipt.file.sha256 %></code></dd>
<dt>Mapping</dt><dd><%= it.receipt.mapping.name %> (<%= it.receipt.mapping.api %>), SHA-256 <code><%= it.receipt.mapping.sha256 %></code></dd>
<dt>Environment</dt><dd><%= it.receipt.environment %></dd>
<dt>Owner</dt><dd><%= it.owner %></dd>
<dt>Tool</dt><dd><%= it.receipt.tool %></dd>
</dl>
</footer>`;

/** The body of `summary.html`. */
export const summaryTemplate = htmlTemplate<SummaryView>(
  `${head}\n<main>${nextStep}${deadlines}${findings}${counts}${batches}\n</main>${smallPrint}`,
);
