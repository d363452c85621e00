import { loadDigits, loadOpticalDigits } from '../digits/index.js';
import { runCommand } from './program.js';
import { watchSignals } from './signals.js';
import { endWhenNobodyReads } from './terminal.js';

watchSignals();
loadDigits();
loadOpticalDigits();
endWhenNobodyReads();
const code = await runCommand(process.argv.slice(2));
if (code !== undefined) process.exitCode = code;
