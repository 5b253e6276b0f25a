const readingHtml = `
<div class="small">
<dl>
<% for (const { label, words } of mapping.reading) { %>
<dt><%= label %></dt><dd><%= words %></dd>
<% } %>
</dl>
</div>`;

const fieldsHtml = `
<h3 class="part">From column to field</h3>
<table class="stack">
<caption><%= mapping.fields.length %> lines, in the order of the mapping</caption>
<thead><tr><th scope="col">Field of the report</th><th scope="col">Column</th><th scope="col">Rule</th><th scope="col">What the register means by it</th></tr></thead>
<tbody>
<% for (const field of mapping.fields) { %>
<tr>
<th scope="row"><code><%= field.path %></code></th>
<td data-label="Column"><% if (field.columns.length > 0) { %><code><%= field.columns.join(', ') %></code><% } else { %><span class="muted">none</span><% } %></td>
<td data-label="Rule"><%= field.rule || 'as it stands' %></td>
<td data-label="Meaning"><%= field.meaning %> <span class="muted"><%= field.evidence %></span></td>
</tr>
<% } %>
</tbody>
</table>
<% if (mapping.unmapped.length > 0) { %>
<h3 class="part">Fields that are not reported</h3>
<table class="stack">
<caption>The register knows them; no line of this mapping gives them</caption>
<thead><tr><th scope="col">Field</th><th scope="col">What the register means by it</th></tr></thead>
<tbody>
<% for (const field of mapping.unmapped) { %>
<tr><th scope="row"><code><%= field.path %></code></th><td data-label="Meaning"><%= field.meaning %> <span class="muted"><%= field.evidence %></span></td></tr>
<% } %>
</tbody>
</table>
<% } %>`;

const listsHtml = `
<% if (mapping.formats.length > 0) { %>
<h3 class="part">How values are written</h3>
<table class="stack">
<caption>Formats the rules name</caption>
<thead><tr><th scope="col">Format</th><th scope="col">Values</th></tr></thead>
<tbody>
<% for (const format of mapping.formats) { %>
<tr><th scope="row"><code><%= format.name %></code></th><td data-label="Values"><%= format.words %></td></tr>
<% } %>
</tbody>
</table>
<% } %>
<% for (const list of mapping.lists) { %>
<h3 class="part">Code list <%= list.name %></h3>
<table class="stack">
<caption><%= list.file === null ? 'Written in the mapping' : 'From ' + list.file %><% if (list.more > 0) { %>; <%= list.more %> more stand there<% } %></caption>
<thead><tr><th scope="col">Code</th><th scope="col">Value of the register</th><th scope="col">Meaning</th><th scope="col">Valid</th></tr></thead>
<tbody>
<% for (const code of list.codes) { %>
<tr><th scope="row"><code><%= code.code %></code></th><td data-label="Value"><code><%= code.value %></code></td><td data-label="Meaning"><%= code.meaning %></td><td data-label="Valid"><%= code.days || 'always' %></td></tr>
<% } %>
</tbody>
</table>
<% } %>`;

const rulesHtml = `
<% if (mapping.skips.length > 0) { %>
<h3 class="part">Rows that are left out</h3>
<table class="stack">
<caption>They are counted in the receipt</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">When</th><th scope="col">Why</th></tr></thead>
<tbody>
<% for (const skip of mapping.skips) { %>
<tr><th scope="row"><%= skip.id %></th><td data-label="When"><%= skip.when %></td><td data-label="Why"><%= skip.why %></td></tr>
<% } %>
</tbody>
</table>
<% } %>
<% if (mapping.checks.length > 0) { %>
<h3 class="part">Checks of the house</h3>
<table class="stack">
<caption>On top of the register’s own rules</caption>
<thead><tr><th scope="col">Check</th><th scope="col">Demands</th><th scope="col">Not met</th><th scope="col">Said of it</th></tr></thead>
<tbody>
<% for (const check of mapping.checks) { %>
<tr><th scope="row"><%= check.id %></th><td data-label="Demands"><%= check.demand %></td><td data-label="Not met"><%= check.severity === 'error' ? 'the report is stopped' : 'a warning' %></td><td data-label="Said of it"><%= check.say %></td></tr>
<% } %>
</tbody>
</table>
<% } %>
<% for (const other of mapping.others) { %>
<h3 class="part"><%= other.key %></h3>
<p><code><%= other.yaml %></code></p>
<% } %>`;

const proofHtml = `
<h3 class="part">Tests</h3>
<% if (mapping.tests.length > 0) { %>
<p>The mapping is used only while all of these pass.</p>
<ul>
<% for (const test of mapping.tests) { %>
<li><%= test %></li>
<% } %>
</ul>
<% } else { %>
<p>There are none: nothing shows that the mapping does what it says.</p>
<% } %>
<h3 class="part">Files</h3>
<p class="muted">SHA-256; the receipt of every export names the one it was mapped with.</p>
<ul>
<% for (const file of mapping.files) { %>
<li><code><%= file.name %></code> <code><%= file.sha256 %></code></li>
<% } %>
</ul>`;

/** The parts of the page about one `mapping`. */
export const mappingTables = readingHtml + fieldsHtml + listsHtml + rulesHtml + proofHtml;
