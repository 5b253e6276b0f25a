/** `luottoputki run` as built, in a process of its own that tells its status and peak memory at the end. */
const built = new URL('../dist/cli/program.js', import.meta.url).href;
const { runProgram } = (await import(built)) as { runProgram(argv: readonly string[]): Promise<number> };
const status = await runProgram(process.argv.slice(2));
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
process.stdout.write(`${JSON.stringify({ status, cpuSeconds, peakMiB: maxRSS / 1024 })}\n`);
