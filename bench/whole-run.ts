import { runProgram } from '../src/cli/program.ts';

/** `luottoputki run` as a user would start it, in a process of its own that tells its status and peak memory at the end. */
const status = await runProgram(process.argv.slice(2));
process.stdout.write(`${JSON.stringify({ status, peakMiB: process.resourceUsage().maxRSS / 1024 })}\n`);
