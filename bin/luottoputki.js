#!/usr/bin/env -S node --max-semi-space-size=4 --max-old-space-size=192
// Starts luottoputki on a runtime that is new enough: this one, or the one that npm installed beside it. The flags above
// make the collector tidy up early: memory stays flat at any size of export, at no cost in speed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', 'dist', 'main.js');

if (!existsSync(main)) {
  console.error('luottoputki is not built yet: run `npm ci` (or `npm run build`) in its folder first');
  process.exitCode = 2;
} else if (Number(process.versions.node.split('.')[0]) >= 24) {
  // Told by the parent through the channel that it is gone: nothing may go on unseen.
  if (process.channel) {
    process.on('disconnect', () => process.exit(70));
    process.channel.unref();
  }
  await import(main);
} else {
  const runtime = bundledRuntime();
  if (runtime === undefined) {
    console.error(
      `luottoputki needs Node 24 or later; this is ${process.version}, and no runtime was installed with the package`,
    );
    process.exitCode = 2;
  } else {
    const child = spawn(runtime, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGKILL' ? 137 : 70);
    });
  }
}

function bundledRuntime() {
  const require = createRequire(import.meta.url);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(require.resolve(`${name}/package.json`));
    return [join(folder, 'bin', 'node'), join(folder, 'bin', 'node.exe')].find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}
