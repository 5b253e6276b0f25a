import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';

/**
 * Preloaded into a run (`node --import`), it takes durability away from it: fsync does nothing, SQLite never syncs and says
 * that it does. What a power cut leaves of such a run shows whether the cuts prove anything.
 */
fs.fsyncSync = () => {};
syncBuiltinESMExports();

const { exec, prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (sql) {
  return exec.call(this, sql.replace(/synchronous\s*=\s*FULL/gi, 'synchronous=OFF'));
};
DatabaseSync.prototype.prepare = function (sql, ...rest) {
  return prepare.call(this, /^PRAGMA synchronous$/i.test(sql) ? 'SELECT 2 AS synchronous' : sql, ...rest);
};
