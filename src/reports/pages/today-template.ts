import type { TodayPage } from '../page-data.ts';
import type { grouped } from '../phrases/counted.ts';
import type { TodayPhrases } from '../phrases/today-phrases.ts';
import { htmlTemplate } from './html-template.ts';
import type { StripNight, strip } from './night-strip.ts';
import type { StateWords, Tone } from './state-words.ts';
import { exportsHtml, openHtml } from './today-tables.ts';

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
  calm: { text: string; tone: Tone } | null;
  toDo: (ExportLine & { due: Due | null; nextStep: string })[];
  exports: ExportLine[];
  notTaken: TodayPage['notTaken'];
  items: { where: string; state: string; problem: string; due: Due | null; nextStep: string }[];
  dues: { name: string; href: string; due: Due; late: number }[];
  /** Null when nothing has come in all that time. */
  strip: {
    nights: StripNight[];
    words: string;
    from: string;
    to: string;
    late: boolean;
    measures: typeof strip;
  } | null;
  grouped: typeof grouped;
  words: TodayPhrases;
};

const headHtml = `
<header>
<span class="brand">luottoputki</span>
<% if (it.page.environment !== 'production') { %>
<span class="tag doubt"><%= it.page.environment %></span>
<% } %>
<span><%= it.words.subtitle %></span>
</header>`;

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

const stripHtml = `
<% if (it.strip) { const { nights, measures } = it.strip; const wide = nights.length * measures.step; %>
<section aria-labelledby="nights">
<h2 id="nights"><%= it.words.lastDays(nights.length) %></h2>
<svg class="nights" viewBox="0 0 <%= wide %> <%= measures.top + measures.height %>" preserveAspectRatio="none" role="img" aria-label="<%= it.strip.words %>">
<% for (const night of nights) { %>
<g><title><%= night.words %></title>
<rect class="ground" x="<%= night.x %>" y="<%= measures.top %>" width="<%= measures.width %>" height="<%= measures.height %>"/>
<% for (const piece of night.pieces) { %>
<rect class="<%= piece.key %>" x="<%= night.x %>" y="<%= piece.y %>" width="<%= measures.width %>" height="<%= piece.height %>"/>
<% } %>
<% if (night.late) { %><rect class="late" x="<%= night.x %>" y="2" width="<%= measures.width %>" height="6"/><% } %>
</g>
<% } %>
</svg>
<p class="ends muted" aria-hidden="true"><span><%= it.strip.from %></span><span><%= it.strip.to %></span></p>
<ul class="legend" aria-hidden="true">
<li><svg viewBox="0 0 1 1"><rect class="accepted" width="1" height="1"/></svg><%= it.words.legendAccepted %></li>
<li><svg viewBox="0 0 1 1"><rect class="rejected" width="1" height="1"/></svg><%= it.words.legendFailed %></li>
<% if (it.strip.late) { %><li><svg viewBox="0 0 1 1"><rect class="late" width="1" height="1"/></svg><%= it.words.legendLate %></li><% } %>
</ul>
</section>
<% } %>`;

const footHtml = `
<footer>
<p><%= it.words.everyRow %> <a href="open-items.csv">open-items.csv</a>.</p>
</footer>`;

/** The body of `today.html`. */
export const todayTemplate = htmlTemplate<TodayView>(
  `${headHtml}\n<main>${firstHtml}${exportsHtml}${openHtml}${stripHtml}\n</main>${footHtml}`,
);
