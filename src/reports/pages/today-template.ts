import type { DueTally } from '../due-state.ts';
import type { TodayPage } from '../page-data.ts';
import type { grouped } from '../phrases/counted.ts';
import type { DeadlinePhrases } from '../phrases/deadline-phrases.ts';
import type { TodayPhrases } from '../phrases/today-phrases.ts';
import { type Bar, barHtml } from './bar.ts';
import type { DueLine } from './due-days.ts';
import { htmlTemplate } from './html-template.ts';
import type { StripNight, strip } from './night-strip.ts';
import { headHtml } from './page-shell.ts';
import type { StateWords, Tone } from './state-words.ts';
import { exportsHtml, openHtml } from './today-tables.ts';
import type { VerdictNight } from './verdict-strip.ts';

/** An export as `today.html` lists it. */
export type ExportLine = {
  name: string;
  href: string;
  taken: string;
  api: string;
  reports: number;
  accepted: number;
  toFix: number;
  open: number;
  state: StateWords;
};

/** A due day as it is shown: the day, and how it stands to today. */
export type Due = { day: string; word: string; tone: Tone | '' };

/** What the template of `today.html` draws; whatever needs deciding is decided. */
export type TodayView = {
  page: TodayPage;
  heading: string;
  sentence: string;
  /** Open items by how their due days stand to the day. */
  tally: DueTally;
  calm: { text: string; tone: Tone } | null;
  toDo: (ExportLine & { due: Due | null; nextStep: string })[];
  exports: ExportLine[];
  notTaken: TodayPage['notTaken'];
  items: { where: string; state: string; problem: string; due: Due | null; nextStep: string }[];
  dues: { name: string; href: string; due: Due; late: number }[];
  deadlines: Bar;
  dueDays: { lines: DueLine[]; days: number; shown: number };
  /** Null when nothing has come in all that time. */
  strip: {
    nights: StripNight[];
    words: string;
    from: string;
    to: string;
    late: boolean;
    measures: typeof strip;
  } | null;
  /** Null when there was no verdict in all that time. `most`: how long the highest column stands for. */
  verdicts: { nights: VerdictNight[]; words: string; most: string; measures: typeof strip } | null;
  table: {
    day: string;
    accepted: number;
    failed: number;
    late: number;
    batches: number;
    median: string;
    slowest: string;
  }[];
  grouped: typeof grouped;
  words: TodayPhrases;
  due: DeadlinePhrases;
};

const firstHtml = `
<h1><%= it.heading %></h1>
<p class="lead"><%= it.sentence %>.</p>
<% if (it.page.alarms.length > 0) { %>
<section class="box act" aria-labelledby="alarms">
<h2 id="alarms"><%= it.words.alarms(it.page.alarms.length) %></h2>
<ul>
<% for (const alarm of it.page.alarms) { %>
<li><%= alarm %></li>
<% } %>
</ul>
</section>
<% } %>
<% if (it.calm) { %>
<p class="box <%= it.calm.tone %>"><strong><%= it.calm.text %></strong></p>
<% } %>
<% if (it.toDo.length > 0) { %>
<section aria-labelledby="todo">
<h2 id="todo"><%= it.words.toDo %></h2>
<ol class="cards">
<% for (const one of it.toDo) { %>
<li>
<div class="top">
<h3><a href="<%= one.href %>"><%= one.name %></a></h3>
<span class="state <%= one.state.tone %>"><%= one.state.label %></span>
</div>
<p><%= one.nextStep %></p>
<% if (one.due) { %>
<p><span class="state <%= one.due.tone %>"><%= one.due.word %></span> <%= one.due.day %></p>
<% } %>
</li>
<% } %>
</ol>
</section>
<% } %>`;

/** Template of nights side by side, as columns. @param strip where the view has them */
const columnsHtml = (strip: string) => `
<svg class="nights" viewBox="0 0 <%= wide %> <%= measures.top + measures.height %>" preserveAspectRatio="none" role="img" aria-label="<%= ${strip}.words %>">
<% for (const night of nights) { %>
<g><title><%= night.words %></title>
<rect class="ground" x="<%= night.x %>" y="<%= measures.top %>" width="<%= measures.width %>" height="<%= measures.height %>"/>
<% for (const piece of night.pieces) { %>
<rect class="<%= piece.key %>" x="<%= night.x %>" y="<%= piece.y %>" width="<%= measures.width %>" height="<%= piece.height %>"/>
<% } %>
<% if (night.late) { %><rect class="late" x="<%= night.x %>" y="2" width="<%= measures.width %>" height="6"/><% } %>
</g>
<% } %>
</svg>`;

const stripHtml = `
<% if (it.strip) { const { nights, measures } = it.strip; const wide = nights.length * measures.step; %>
<section aria-labelledby="nights">
<h2 id="nights"><%= it.words.lastDays(nights.length) %></h2>
${columnsHtml('it.strip')}
<p class="ends muted" aria-hidden="true"><span><%= it.strip.from %></span><span><%= it.strip.to %></span></p>
<ul class="legend" aria-hidden="true">
<li><svg viewBox="0 0 1 1"><rect class="accepted" width="1" height="1"/></svg><%= it.words.legendAccepted %></li>
<li><svg viewBox="0 0 1 1"><rect class="rejected" width="1" height="1"/></svg><%= it.words.legendFailed %></li>
<% if (it.strip.late) { %><li><svg viewBox="0 0 1 1"><rect class="late" width="1" height="1"/></svg><%= it.words.legendLate %></li><% } %>
</ul>
</section>
<% } %>`;

const deadlinesHtml = `
<% if (it.deadlines.parts.length > 0) { %>
<section aria-labelledby="deadlines">
<h2 id="deadlines"><%= it.due.deadlines %></h2>
<p class="muted"><%= it.due.barOfDays(it.page.nights.length) %></p>
${barHtml('it.deadlines', 'it.due.barTitle', 'standing')}
<p class="muted"><%= it.due.inDangerMeans %></p>
</section>
<% } %>
<% if (it.dueDays.lines.length > 0) { %>
<section aria-labelledby="due-days">
<h2 id="due-days"><%= it.due.openByDueDay %></h2>
<table class="columns">
<caption>
<% if (it.dueDays.shown < it.dueDays.days) { %>
<%= it.due.openByDueDayCut(it.dueDays.days, it.dueDays.shown) %> <a href="open-items.csv">open-items.csv</a>
<% } else { %>
<%= it.due.openByDueDayCaption(it.dueDays.days) %>
<% } %>
</caption>
<thead><tr><th scope="col"><%= it.due.dueDay %></th><th scope="col" class="n"><%= it.due.open %></th><td aria-hidden="true"></td></tr></thead>
<tbody>
<% for (const line of it.dueDays.lines) { %>
<tr>
<th scope="row"><%= line.label %></th>
<td class="n"><%= it.grouped(line.count) %></td>
<td aria-hidden="true"><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="<%= line.key %>" width="<%= line.width %>" height="10"/></svg></td>
</tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;

const verdictsHtml = `
<% if (it.verdicts) { const { nights, measures } = it.verdicts; const wide = nights.length * measures.step; %>
<section aria-labelledby="verdicts">
<h2 id="verdicts"><%= it.due.verdictTimes %></h2>
<p class="muted"><%= it.verdicts.words %></p>
${columnsHtml('it.verdicts')}
<% if (it.strip) { %>
<p class="ends muted" aria-hidden="true"><span><%= it.strip.from %></span><span><%= it.strip.to %></span></p>
<% } %>
<ul class="legend" aria-hidden="true">
<li><svg viewBox="0 0 1 1"><rect class="median" width="1" height="1"/></svg><%= it.due.median %></li>
<li><svg viewBox="0 0 1 1"><rect class="slowest" width="1" height="1"/></svg><%= it.due.slowest %></li>
</ul>
</section>
<% } %>
<% if (it.table.length > 0) { %>
<details>
<summary><%= it.due.asTable %></summary>
<table class="stack">
<caption><%= it.due.tableCaption %></caption>
<thead><tr>
<th scope="col"><%= it.due.day %></th>
<th scope="col" class="n"><%= it.due.accepted %></th>
<th scope="col" class="n"><%= it.due.failed %></th>
<th scope="col" class="n"><%= it.due.doneLate %></th>
<th scope="col" class="n"><%= it.due.batches %></th>
<th scope="col" class="n"><%= it.due.median %></th>
<th scope="col" class="n"><%= it.due.slowest %></th>
</tr></thead>
<tbody>
<% for (const night of it.table) { %>
<tr>
<th scope="row"><%= night.day %></th>
<td class="n c4" data-label="<%= it.due.accepted %>"><%= it.grouped(night.accepted) %></td>
<td class="n c4" data-label="<%= it.due.failed %>"><%= it.grouped(night.failed) %></td>
<td class="n c4" data-label="<%= it.due.doneLate %>"><%= it.grouped(night.late) %></td>
<td class="n c4" data-label="<%= it.due.batches %>"><%= it.grouped(night.batches) %></td>
<td class="n c4" data-label="<%= it.due.median %>"><%= night.median %></td>
<td class="n c4" data-label="<%= it.due.slowest %>"><%= night.slowest %></td>
</tr>
<% } %>
</tbody>
</table>
</details>
<% } %>`;

const footHtml = `
<footer>
<p><%= it.words.everyRow %> <a href="open-items.csv">open-items.csv</a>.</p>
</footer>`;

/** The body of `today.html`. */
export const todayTemplate = htmlTemplate<TodayView>(
  `${headHtml('<%= it.words.subtitle %>')}\n<main>${firstHtml}${exportsHtml}${deadlinesHtml}${openHtml}${stripHtml}${verdictsHtml}\n</main>${footHtml}`,
);
