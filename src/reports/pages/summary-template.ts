import type { SummaryPage } from '../page-data.ts';
import type { grouped } from '../phrases/counted.ts';
import type { DeadlinePhrases } from '../phrases/deadline-phrases.ts';
import type { SummaryPhrases } from '../phrases/summary-phrases.ts';
import type { Receipt } from '../receipt.ts';
import { type Bar, barHtml } from './bar.ts';
import { htmlTemplate } from './html-template.ts';
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
  bar: Bar;
  deadlines: Bar;
  /** Open reports by due day; empty when nothing is open. */
  openDue: string;
  sums: Sum[];
  /** Files with answers of the register, in `restricted/`. */
  answers: readonly string[];
  /** The batches that are shown, times shortened. */
  batches: Receipt['batches'];
  owner: string;
  grouped: typeof grouped;
  words: SummaryPhrases;
  due: DeadlinePhrases;
};

const headHtml = `
<header>
<span class="brand">luottoputki</span>
<% if (it.receipt.environment !== 'production') { %>
<span class="tag doubt"><%= it.receipt.environment %></span>
<% } %>
<% if (!it.receipt.final) { %>
<span class="tag wait"><%= it.words.notFinalTag %></span>
<% } %>
<span><code><%= it.receipt.file.name %></code>, <%= it.words.taken %> <%= it.taken %></span>
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
<p><strong><%= it.words.nextStep %></strong> <%= it.receipt.nextStep %></p>
<% } else { %>
<h2 id="next" class="loud"><%= it.words.sumsDoNotHold %></h2>
<p><%= it.words.notAccountedFor %> <a href="#counts"><%= it.words.theCounts %></a>.</p>
<p><strong><%= it.words.nextStep %></strong> <%= it.state.meaning %></p>
<% } %>
<% if (it.fixable) { %>
<p><a href="restricted/to-fix.csv"><%= it.words.openToFix %></a></p>
<% } %>
<% if (!it.receipt.final) { %>
<p><%= it.words.notFinalYet %></p>
<% } %>
</section>
<% if (it.receipt.correctionOf) { %>
<p><%= it.words.corrects %> <code><%= it.receipt.correctionOf.name %></code>
(SHA-256 <code><%= it.receipt.correctionOf.sha256.slice(0, 8) %></code>…).</p>
<% } %>
<% for (const other of it.receipt.correctedBy) { %>
<p><%= it.words.correctedBy %> <code><%= other.name %></code> (SHA-256 <code><%= other.sha256.slice(0, 8) %></code>…).</p>
<% } %>`;

const deadlinesHtml = `
<section aria-labelledby="deadlines">
<h2 id="deadlines"><%= it.words.deadlines %></h2>
<% if (it.receipt.deadlines.met + it.receipt.deadlines.late === 0 && !it.earliestDue && !it.nextResend) { %>
<p class="muted"><%= it.words.noDeadline %></p>
<% } else { %>
<% if (it.deadlines.parts.length > 0) { %>
${barHtml('it.deadlines', 'it.due.barTitle', 'due')}
<% if (it.openDue) { %>
<p><%= it.due.openDue %> <%= it.openDue %>.</p>
<p class="muted"><%= it.due.seeToday %> <a href="../../today.html">today.html</a>.</p>
<% } %>
<% } %>
<dl class="figures">
<div><dt><%= it.words.earliestDue %></dt><dd><%= it.earliestDue ?? it.words.noDue %></dd></div>
<% if (it.nextResend) { %>
<div><dt><%= it.words.goesAgain %></dt><dd><%= it.nextResend %></dd></div>
<% } %>
</dl>
<% } %>
</section>`;

const outcomeHtml = `
<% if (it.bar.parts.length > 0) { %>
<section aria-labelledby="outcome">
<h2 id="outcome"><%= it.words.outcome %></h2>
${barHtml('it.bar', 'it.words.outcomeOf(it.receipt.counts.reportsBuilt)', 'bar')}
</section>
<% } %>`;

const findingsHtml = `
<% if (it.receipt.findingsByCode.length > 0) { %>
<section aria-labelledby="findings">
<h2 id="findings"><%= it.words.findings %></h2>
<ul class="cards">
<% for (const { code, count, firstLines, text, howToFix } of it.receipt.findingsByCode) { %>
<li>
<div class="top"><h3><%= text %></h3><span class="n"><%= it.words.times(count) %></span></div>
<p><%= howToFix %></p>
<p class="muted"><code><%= code %></code>
<% if (firstLines.length > 0) { %>
· <%= it.words.lines(firstLines.join(', '), firstLines.length) %>
<%= count > firstLines.length ? it.words.andMore : '' %>
<% } %>
</p>
</li>
<% } %>
</ul>
<p class="muted"><%= it.words.everyFinding %> <a href="errors.csv">errors.csv</a>.</p>
</section>
<% } %>`;

const mainHtml = [nextStepHtml, deadlinesHtml, outcomeHtml, findingsHtml, countsHtml, batchesHtml].join('');

/** The body of `summary.html`. */
export const summaryTemplate = htmlTemplate<SummaryView>(`${headHtml}\n<main>${mainHtml}\n</main>${smallPrintHtml}`);
