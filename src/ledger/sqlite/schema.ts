/**
 * The ledger's tables. A report is accepted when it is `planned` in a batch that is `settled`: the verdict is written once a
 * batch, not once a report (view `told`). `ready` reports have not been looked at yet, `waiting` ones were looked at and could
 * not go. Times are milliseconds since 1970, days `yyyy-mm-dd` in Finland. The batch's exact bytes are
 * `head`, the texts of its reports joined by commas, and `tail`; their hash stands beside them. Texts are kept a block at a
 * time, compressed (`texts.ts`).
 */
export const schemaVersion = 7;

/** What the register said to questions: personal data, compressed. Such a report is `planned` in no batch once it has its answer. */
const answers = `
CREATE TABLE answer (
  report_id INTEGER PRIMARY KEY REFERENCES report (id),
  answered_at INTEGER NOT NULL,
  http_status INTEGER NOT NULL,
  text BLOB NOT NULL
) STRICT;
CREATE INDEX answer_by_time ON answer (answered_at);
`;

const told = `
CREATE VIEW told AS
  SELECT r.*, CASE WHEN r.state = 'planned' AND (b.state = 'settled' OR r.batch_id IS NULL) THEN 'accepted' ELSE r.state END AS fate,
    b.state AS batch_state, b.reference AS batch_reference, b.verdict_at, b.verdict_day
  FROM report r LEFT JOIN batch b ON b.id = r.batch_id;
`;

/** Exports whose receipt is final and no longer true: a person has decided about them beside the process that writes the outbox. */
const retold = `
CREATE TABLE retold (export_id INTEGER PRIMARY KEY REFERENCES export (id)) STRICT;
`;

/** The chain of what was decided and done, each link hashed over the one before; and every final receipt there ever was. */
const evidence = `
CREATE TABLE event (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, export_sha256 TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'what happened never changes'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'what happened never changes'); END;
CREATE TABLE revision (
  export_id INTEGER NOT NULL REFERENCES export (id), n INTEGER NOT NULL, receipt TEXT NOT NULL, files TEXT NOT NULL,
  PRIMARY KEY (export_id, n)
) STRICT;
CREATE TRIGGER receipt_stays BEFORE UPDATE OF receipt ON revision
BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
`;

/** What is open is found among what may be, however much has been settled in all the years. */
const mayBeOpen = `
CREATE INDEX report_unaccepted ON report (export_id) WHERE state IN ('invalid', 'rejected', 'held', 'waiting', 'deferred');
CREATE INDEX batch_unsettled ON batch (first_report) WHERE state IN ('planned', 'sending', 'unknown', 'sent', 'inconsistent');
CREATE INDEX finding_of_no_report ON finding (export_id, line) WHERE report_id IS NULL;
`;

/** How a ledger of an earlier version becomes one of the next. */
export const upgrades: Readonly<Record<number, string>> = {
  2: `ALTER TABLE mapping ADD COLUMN parts TEXT NOT NULL DEFAULT '[]'`,
  3: `${retold}${evidence} INSERT INTO meta SELECT 'chainFrom', coalesce(max(id), 0) FROM export`,
  4: `ALTER TABLE report ADD COLUMN gone INTEGER NOT NULL DEFAULT 0`,
  5: `${answers} DROP VIEW told; ${told}`,
  6: mayBeOpen,
};

export const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE mapping (
  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, api TEXT NOT NULL, file TEXT NOT NULL, text TEXT NOT NULL,
  parts TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;

CREATE TABLE export (
  id INTEGER PRIMARY KEY,
  round INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  identity TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  day TEXT NOT NULL,
  mapping_sha256 TEXT NOT NULL REFERENCES mapping (sha256),
  environment TEXT NOT NULL,
  owner TEXT NOT NULL,
  tool TEXT NOT NULL,
  correction_of TEXT,
  stage TEXT NOT NULL CHECK (stage IN ('taken', 'mapped', 'awaitingApproval', 'refused', 'givenUp', 'withdrawn')),
  starts INTEGER NOT NULL DEFAULT 0,
  approved INTEGER NOT NULL DEFAULT 0,
  rows_read INTEGER NOT NULL DEFAULT 0,
  rows_skipped INTEGER NOT NULL DEFAULT 0,
  rows_invalid INTEGER NOT NULL DEFAULT 0,
  skipped TEXT NOT NULL DEFAULT '{}',
  wave INTEGER NOT NULL DEFAULT 1,
  looked_up_to INTEGER NOT NULL DEFAULT 0,
  last_sendable INTEGER NOT NULL DEFAULT 0,
  sendable INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE again (
  id INTEGER PRIMARY KEY,
  export_id INTEGER NOT NULL REFERENCES export (id),
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  identity TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  day TEXT NOT NULL,
  UNIQUE (export_id, n)
) STRICT;

CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  export_id INTEGER NOT NULL REFERENCES export (id),
  line INTEGER NOT NULL,
  last_line INTEGER NOT NULL,
  lines TEXT,
  reference TEXT,
  loan TEXT,
  state TEXT NOT NULL CHECK (state IN ('invalid', 'ready', 'waiting', 'held', 'planned', 'rejected', 'deferred')),
  generation INTEGER NOT NULL DEFAULT 0,
  deferrals INTEGER NOT NULL DEFAULT 0,
  wave INTEGER NOT NULL DEFAULT 0,
  batch_id INTEGER REFERENCES batch (id),
  resend_at INTEGER,
  due_day TEXT,
  fixes INTEGER REFERENCES report (id),
  gone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX report_by_export ON report (export_id);
CREATE INDEX report_by_loan ON report (loan) WHERE loan IS NOT NULL;
CREATE INDEX report_waiting ON report (export_id, id) WHERE state = 'waiting';
CREATE INDEX report_held ON report (loan) WHERE state = 'held';
CREATE INDEX report_fixes ON report (fixes) WHERE fixes IS NOT NULL;
CREATE INDEX report_deferred ON report (resend_at) WHERE state = 'deferred';

CREATE TABLE body (
  first INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,
  export_id INTEGER NOT NULL REFERENCES export (id),
  texts BLOB NOT NULL
) STRICT;
CREATE INDEX body_by_export ON body (export_id);

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  export_id INTEGER NOT NULL REFERENCES export (id),
  report_id INTEGER REFERENCES report (id),
  batch_id INTEGER REFERENCES batch (id),
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
  stage TEXT NOT NULL,
  register_code TEXT,
  line INTEGER,
  last_line INTEGER,
  column_name TEXT,
  value TEXT,
  expected TEXT,
  message TEXT
) STRICT;
CREATE INDEX finding_by_export ON finding (export_id, line);
CREATE INDEX finding_by_batch ON finding (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX finding_by_report ON finding (report_id) WHERE report_id IS NOT NULL;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  export_id INTEGER NOT NULL REFERENCES export (id),
  api TEXT NOT NULL,
  number INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  reference TEXT NOT NULL UNIQUE,
  count INTEGER NOT NULL,
  first_report INTEGER NOT NULL,
  last_report INTEGER NOT NULL,
  head TEXT NOT NULL,
  tail TEXT NOT NULL,
  body_sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'unknown', 'sent', 'refused', 'inconsistent', 'failed', 'settled')),
  register_status TEXT,
  reported INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  asked INTEGER NOT NULL DEFAULT 0,
  not_found INTEGER NOT NULL DEFAULT 0,
  planned_at INTEGER NOT NULL,
  sent_at INTEGER,
  verdict_at INTEGER,
  verdict_day TEXT,
  decided INTEGER NOT NULL DEFAULT 0,
  correlation_id TEXT,
  next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_by_export ON batch (export_id);
CREATE INDEX batch_open ON batch (next_at, state) WHERE state IN ('planned', 'sending', 'unknown', 'sent');

-- What was planned is sent as it was planned: the database itself forbids any change of a batch's bytes.
CREATE TRIGGER batch_bytes_stay BEFORE UPDATE OF reference, head, tail, body_sha256, count, api ON batch
BEGIN SELECT RAISE(ABORT, 'the bytes of a planned batch never change'); END;
CREATE TRIGGER body_stays BEFORE UPDATE ON body
BEGIN SELECT RAISE(ABORT, 'the text of a report never changes'); END;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT,
  http_status INTEGER
) STRICT;
CREATE INDEX attempt_by_start ON attempt (started_at);
${retold}${evidence}${answers}${told}${mayBeOpen}`;
