import { grouped } from '../phrases/counted.ts';

/** A kind of reports, how many there are, and its piece of a bar. `key` is the class that gives it its colour. */
type BarPart = { key: string; count: number; label: string; x: string; width: string };

/** A bar with its words, for those who do not see it. */
export type Bar = { parts: readonly BarPart[]; words: string };

/** A bar's length in units of its own. */
const barLength = 1000;
/** The narrowest piece, so that one report among a million is still seen. */
const narrowest = 8;

/** Lays the kinds that are not zero side by side, so that their widths fill the bar. */
export function layBar(kinds: readonly { key: string; count: number; label: string }[]): Bar {
  const present = kinds.filter(({ count }) => count > 0);
  const total = present.reduce((sum, { count }) => sum + count, 0);
  const free = barLength - narrowest * present.length;
  let x = 0;
  const parts = present.map((kind) => {
    const width = narrowest + (free * kind.count) / total;
    const part = { ...kind, x: x.toFixed(2), width: width.toFixed(2) };
    x += width;
    return part;
  });
  return { parts, words: parts.map(({ count, label }) => `${grouped(count)} ${label}`).join(', ') };
}

/** Template of a bar and of its legend. @param bar where the view has the bar @param title what is said of it @param id begins its ids */
export const barHtml = (bar: string, title: string, id: string) => `
<div class="keep">
<svg class="bar" role="img" aria-labelledby="${id}-title ${id}-words" viewBox="0 0 ${barLength} 10" preserveAspectRatio="none">
<title id="${id}-title"><%= ${title} %></title>
<desc id="${id}-words"><%= ${bar}.words %></desc>
<% for (const part of ${bar}.parts) { %>
<rect class="<%= part.key %>" x="<%= part.x %>" y="0" width="<%= part.width %>" height="10"/>
<% } %>
</svg>
<ul class="legend">
<% for (const part of ${bar}.parts) { %>
<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="<%= part.key %>" width="1" height="1"/></svg>
<%= it.grouped(part.count) %> <%= part.label %></li>
<% } %>
</ul>
</div>`;
