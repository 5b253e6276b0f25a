import type { TodayPage } from '../page-data.ts';
import { htmlTemplate } from './html-template.ts';
import type { counted, grouped } from './numbers.ts';
import type { StateWords, Tone } from './state-words.ts';

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
  final: boolean;
  state: StateWords;
};

/** A due day as it is shown: the day, and how it stands to today. */
export type Due = { day: string; word: string; tone: Tone | '' };

/** What the template of `today.html` draws; whatever needs deciding is decided. */
export type TodayView = {
  page: TodayPage;
  heading: string;
  sentence: string;
  calm: string | null;
  toDo: (ExportLine & { due: Due | null; nextStep: string })[];
  exports: ExportLine[];
  notTaken: TodayPage['notTaken'];
  items: { where: string; line: string; state: string; problem: string; due: Due | null; nextStep: string }[];
  dues: { name: string; href: string; due: Due; late: number }[];
  grouped: typeof grouped;
  counted: typeof counted;
};

const head = `
<header>
<span class="brand">luottoputki</span>
<% if (it.page.environment !== 'production') { %><span class="tag doubt"><%= it.page.environment %></span><% } %>
<span>exports to the Positive Credit Register</span>
</header>`;

const first = `
<h1><%= it.heading %></h1>
<p class="lead"><%= it.sentence %>.</p>
<% if (it.page.alarms.length > 0) { %>
<section class="box act" aria-labelledby="alarms">
<h2 id="alarms"><%= it.page.alarms.length === 1 ? 'Alarm' : 'Alarms' %></h2>
<ul><% for (const alarm of it.page.alarms) { %><li><%= alarm %></li><% } %></ul>
</section>
<% } %>
<% if (it.calm) { %><p class="box good"><strong><%= it.calm %></strong></p><% } %>
<% if (it.toDo.length > 0) { %>
<section aria-labelledby="todo">
<h2 id="todo">To do next</h2>
<ol class="cards">
<% for (const one of it.toDo) { %>
<li>
<div class="top"><h3><a href="<%= one.href %>"><%= one.name %></a></h3><span class="state <%= one.state.tone %>"><%= one.state.label %></span></div>
<p><%= one.nextStep %></p>
<% if (one.due) { %><p><span class="state <%= one.due.tone %>"><%= one.due.word %></span> <%= one.due.day %></p><% } %>
</li>
<% } %>
</ol>
</section>
<% } %>`;

const exportsTable = `
<% if (it.exports.length > 0) { %>
<section aria-labelledby="exports">
<h2 id="exports">Exports</h2>
<table class="stack">
<caption>Those of the day, and those of earlier days that are not done; times are Finnish</caption>
<thead><tr><th scope="col">Taken</th><th scope="col">Export</th><th scope="col">API</th><th scope="col" class="n">Reports</th><th scope="col" class="n">Accepted</th><th scope="col" class="n">To fix</th><th scope="col" class="n">Open</th><th scope="col">State</th></tr></thead>
<tbody><% for (const one of it.exports) { %>
<tr><td class="c6 once" data-label="Taken"><%= one.taken %></td><th scope="row"><a href="<%= one.href %>"><%= one.name %></a></th><td class="c6" data-label="API"><%= one.api %></td><td class="n c3" data-label="Reports"><%= it.grouped(one.reports) %></td><td class="n c3" data-label="Accepted"><%= it.grouped(one.accepted) %></td><td class="n c3" data-label="To fix"><%= it.grouped(one.toFix) %></td><td class="n c3" data-label="Open"><%= it.grouped(one.open) %></td><td class="up"><span class="state <%= one.state.tone %>"><%= one.state.label %></span></td></tr><% } %>
</tbody>
</table>
</section>
<% } %>
<% if (it.notTaken.length > 0) { %>
<section aria-labelledby="not-taken">
<h2 id="not-taken">Not taken</h2>
<table class="stack">
<caption><%= it.counted(it.page.notTaken.length, 'file') %> left in the inbox<% if (it.notTaken.length < it.page.notTaken.length) { %>; the first <%= it.notTaken.length %> are shown<% } %></caption>
<thead><tr><th scope="col">File</th><th scope="col">Why</th></tr></thead>
<tbody><% for (const file of it.notTaken) { %>
<tr><th scope="row"><code><%= file.name %></code></th><td><%= file.why %></td></tr><% } %>
</tbody>
</table>
</section>
<% } %>`;

const openItems = `
<% if (it.page.openItems.total > 0) { %>
<section aria-labelledby="open">
<h2 id="open">Open items</h2>
<dl class="figures">
<div><dt>open</dt><dd><%= it.grouped(it.page.openItems.total) %></dd></div>
<div><dt>overdue</dt><dd<% if (it.page.openItems.overdue > 0) { %> class="act"<% } %>><%= it.grouped(it.page.openItems.overdue) %></dd></div>
<div><dt>due today</dt><dd<% if (it.page.openItems.dueToday > 0) { %> class="doubt"<% } %>><%= it.grouped(it.page.openItems.dueToday) %></dd></div>
</dl>
<% if (it.items.length > 0) { %>
<table class="stack">
<caption><% if (it.items.length < it.page.openItems.total) { %>The first <%= it.items.length %> of <%= it.counted(it.page.openItems.total, 'open item') %>, soonest due first; <% } else { %>Soonest due first; <% } %><a href="open-items.csv">open-items.csv</a> has them all</caption>
<thead><tr><th scope="col">Due</th><th scope="col">Where</th><th scope="col">State</th><th scope="col">What, and what to do</th></tr></thead>
<tbody><% for (const item of it.items) { %>
<tr><td class="c6" data-label="Due"><% if (item.due) { %><span><% if (item.due.tone) { %><span class="state <%= item.due.tone %>"><%= item.due.word %></span> <% } %><%= item.due.day %></span><% } else { %>no date<% } %></td><th scope="row"><%= item.where %><% if (item.line) { %>, <%= item.line %><% } %></th><td class="c6" data-label="State"><%= item.state %></td><td><%= item.problem %><br><span class="muted"><%= item.nextStep %></span></td></tr><% } %>
</tbody>
</table>
<% } else { %><p><a href="open-items.csv">open-items.csv</a> has them all.</p><% } %>
</section>
<% } %>
<% if (it.dues.length > 0) { %>
<section aria-labelledby="due">
<h2 id="due">What is due</h2>
<table class="stack">
<caption>The earliest due day of each export that has something open</caption>
<thead><tr><th scope="col">Export</th><th scope="col">Due</th><th scope="col" class="n">Late so far</th></tr></thead>
<tbody><% for (const one of it.dues) { %>
<tr><th scope="row"><a href="<%= one.href %>"><%= one.name %></a></th><td class="c6" data-label="Due"><span><% if (one.due.tone) { %><span class="state <%= one.due.tone %>"><%= one.due.word %></span> <% } %><%= one.due.day %></span></td><td class="n c6" data-label="Late so far"><%= it.grouped(one.late) %></td></tr><% } %>
</tbody>
</table>
</section>
<% } %>`;

const foot = `
<footer>
<p>Every unresolved row of every export: <a href="open-items.csv">open-items.csv</a>.</p>
</footer>`;

/** The body of `today.html`. */
export const todayTemplate = htmlTemplate<TodayView>(`${head}\n<main>${first}${exportsTable}${openItems}\n</main>${foot}`);
