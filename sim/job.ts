import { liveMany, type Many } from './live-many.ts';

/** One process of several that share the nights; tells its sum to the one that started it. */
process.umask(0o077);
const many = JSON.parse(process.argv[2] ?? '') as Many;
let last = 0;
const sum = await liveMany(many, (soFar) => {
  if (performance.now() - last < 1000) return;
  last = performance.now();
  process.send?.(soFar);
});
await new Promise((done) => process.send?.(sum, done));
process.disconnect();
