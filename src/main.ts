#!/usr/bin/env node
import { runProgram } from './cli/program.ts';
import { sayFailure } from './cli/say-failure.ts';

process.exitCode = await runProgram(process.argv.slice(2)).catch(sayFailure);
