import type { SummaryPage } from '../page-data.ts';
import type { Receipt } from '../receipt.ts';
import { htmlTemplate } from './html-template.ts';
import type { counted, grouped } from './numbers.ts';
import type { BarPart } from './outcome-bar.ts';
import type { StateWords } from './state-words.ts';
import { batchesHtml, countsHtml, smallPrintHtml } from './summary-tables.ts';

/** A sum as it is written on paper: its parts, and what they come to. */
export type Sum = {
  caption: string;
  parts: { label: string; count: number }[];
  total: { label: string; count: number };
};

/** What the template of `summary.html` draws; whatever needs deciding is decided. */
export type SummaryView = {
  page: SummaryPage;
  receipt: Receipt;
  sentence: string;
  state: StateWords;
  holds: boolean;
  /** Whether there is a `restricted/to-fix.csv` to open. */
  fixable: boolean;
  taken: string;
  again: string | null;
  nextResend: string | null;
  earliestDue: string | null;
  bar: { length: number; parts: BarPart[]; words: string };
  sums: Sum[];
  /** The batches that are shown, times shortened. */
  batches: Receipt['batches'];
  owner: string;
  grouped: typeof grouped;
  counted: typeof counted;
};

const headHtml = `
<header>
<span class="brand">luottoputki</span>
<% if (it.receipt.environment !== 'production') { %>
<span class="tag doubt"><%= it.receipt.environment %></span>
<% } %>
<% if (!it.receipt.final) { %>
<span class="tag wait">not final yet</span>
<% } %>
<span><code><%= it.receipt.file.name %></code>, taken <%= it.taken %></span>
</header>`;

const nextStepHtml = `
<h1><%= it.sentence %></h1>
<% if (it.again) { %>
<p class="lead"><%= it.again %></p>
<% } %>
<section class="box <%= it.state.tone %>" aria-labelledby="next">
<% if (it.holds) { %>
<h2 id="next"><%= it.state.label %></h2>
<p><%= it.state.meaning %></p>
<p><strong>Next step:</strong> <%= it.receipt.nextStep %></p>
<% } else { %>
<h2 id="next" class="loud">THE SUMS DO NOT HOLD</h2>
<p>Rows or reports are not all accounted for: see <a href="#counts">the counts</a>.</p>
<p><strong>Next step:</strong> <%= it.state.meaning %></p>
<% } %>
<% if (it.fixable) { %>
<p><a href="restricted/to-fix.csv">Open restricted/to-fix.csv</a></p>
<% } %>
<% if (!it.receipt.final) { %>
<p>Not final yet: this page is written anew as soon as more is known.</p>
<% } %>
</section>
<% if (it.receipt.correctionOf) { %>
<p>This export corrects <code><%= it.receipt.correctionOf.name %></code>
(SHA-256 <code><%= it.receipt.correctionOf.sha256.slice(0, 8) %></code>…).</p>
<% } %>
<% for (const other of it.receipt.correctedBy) { %>
<p>Corrected by <code><%= other.name %></code> (SHA-256 <code><%= other.sha256.slice(0, 8) %></code>…).</p>
<% } %>`;

const deadlinesHtml = `
<section aria-labelledby="deadlines">
<h2 id="deadlines">Deadlines</h2>
<% if (it.receipt.deadlines.met + it.receipt.deadlines.late === 0 && !it.earliestDue && !it.nextResend) { %>
<p class="muted">No deadline runs for this export.</p>
<% } else { %>
<dl class="figures">
<div><dt>reported in time</dt><dd><%= it.grouped(it.receipt.deadlines.met) %></dd></div>
<div><dt>late</dt>
<dd<% if (it.receipt.deadlines.late > 0) { %> class="act"<% } %>><%= it.grouped(it.receipt.deadlines.late) %></dd></div>
<div><dt>earliest due of what is open</dt><dd><%= it.earliestDue ?? 'none' %></dd></div>
<% if (it.nextResend) { %>
<div><dt>the next report goes again by itself</dt><dd><%= it.nextResend %></dd></div>
<% } %>
</dl>
<% } %>
</section>`;

const outcomeHtml = `
<% if (it.bar.parts.length > 0) { %>
<section aria-labelledby="outcome">
<h2 id="outcome">What became of the reports</h2>
<svg class="bar" role="img" aria-labelledby="bar-title bar-words"
viewBox="0 0 <%= it.bar.length %> 10" preserveAspectRatio="none">
<title id="bar-title">Outcome of <%= it.counted(it.receipt.counts.reportsBuilt, 'report') %></title>
<desc id="bar-words"><%= it.bar.words %></desc>
<% for (const part of it.bar.parts) { %>
<rect class="<%= part.key %>" x="<%= part.x %>" y="0" width="<%= part.width %>" height="10"/>
<% } %>
</svg>
<ul class="legend">
<% for (const part of it.bar.parts) { %>
<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="<%= part.key %>" width="1" height="1"/></svg>
<%= it.grouped(part.count) %> <%= part.label %></li>
<% } %>
</ul>
</section>
<% } %>`;

const findingsHtml = `
<% if (it.receipt.findingsByCode.length > 0) { %>
<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
<ul class="cards">
<% for (const { code, count, firstLines, text, howToFix } of it.receipt.findingsByCode) { %>
<li>
<div class="top"><h3><%= text %></h3><span class="n"><%= count === 1 ? 'once' : it.counted(count, 'time') %></span></div>
<p><%= howToFix %></p>
<p class="muted"><code><%= code %></code>
<% if (firstLines.length > 0) { %>
· <%= firstLines.length === 1 ? 'line' : 'lines' %> <%= firstLines.join(', ') %>
<%= count > firstLines.length ? 'and more' : '' %>
<% } %>
</p>
</li>
<% } %>
</ul>
<p class="muted">Every one of them, with line and column: <a href="errors.csv">errors.csv</a>.</p>
</section>
<% } %>`;

const mainHtml = [nextStepHtml, deadlinesHtml, outcomeHtml, findingsHtml, countsHtml, batchesHtml].join('');

/** The body of `summary.html`. */
export const summaryTemplate = htmlTemplate<SummaryView>(`${headHtml}\n<main>${mainHtml}\n</main>${smallPrintHtml}`);
