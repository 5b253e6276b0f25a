import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { Progress } from '../pipeline/house.ts';

const every = 2000;

/** Bars on a terminal, plain lines elsewhere (one in two seconds, for steps that take longer); always on stderr. */
export function openProgress(now: () => number): Progress {
  return process.stderr.isTTY ? bars() : lines(now);
}

function lines(now: () => number): Progress {
  let last = { name: '', at: 0 };
  return {
    say: (line) => process.stderr.write(`${line}\n`),
    step(name, done, total) {
      // A step that is over at once is not worth a line.
      if (last.name !== name) last = { name, at: now() };
      if (done === 0 || now() - last.at < every) return;
      last = { name, at: now() };
      process.stderr.write(`${name}: ${total > 0 ? `${done} of ${total}` : done}\n`);
    },
    stop() {},
  };
}

function bars(): Progress {
  let multi: MultiBar | undefined;
  let bar: SingleBar | undefined;
  let current = '';
  const stop = () => {
    multi?.stop();
    multi = undefined;
    bar = undefined;
  };
  return {
    say(line) {
      stop();
      process.stderr.write(`${line}\n`);
    },
    step(name, done, total) {
      if (current !== name) stop();
      current = name;
      multi ??= new MultiBar(
        {
          clearOnComplete: true,
          hideCursor: true,
          stream: process.stderr,
          format: total > 0 ? '{name} {bar} {value}/{total}' : '{name} {value}',
        },
        Presets.shades_classic,
      );
      bar ??= multi.create(Math.max(total, 1), done, { name });
      if (total > 0) bar.setTotal(total);
      bar.update(done, { name });
    },
    stop,
  };
}
