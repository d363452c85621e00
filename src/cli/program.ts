import { Command, CommanderError } from 'commander';
import { PACKAGE_VERSION } from '../learning/version.js';
import { addCircuit } from './circuit.js';
import { addCompare } from './compare.js';
import { addConvert } from './convert.js';
import { addDesign } from './design.js';
import { addDiscover } from './discover.js';
import { addDsd } from './dsd.js';
import { Ended, exitCodes, InvalidFile, InvalidInput, isRefusal } from './failures.js';
import { addFit } from './fit.js';
import { addInfo } from './info.js';
import { describeInvalidFile } from './issues.js';
import { addLab } from './lab.js';
import { addPredict } from './predict.js';
import { addPrint } from './print.js';
import { addReproduce } from './reproduce.js';
import { addRobustness } from './robustness.js';
import { addSbmlTest } from './sbml-test.js';
import { addSensitivity } from './sensitivity.js';
import { addSimulate } from './simulate.js';
import { addSweep } from './sweep.js';
import { openTerminal } from './terminal.js';
import { addTrain } from './train.js';
import { addWorker } from './worker.js';

function makeProgram(): Command {
  const program = new Command('neural-crn')
    .description('Chemical reaction networks, simulated fast, and chemistry that learns.')
    .version(PACKAGE_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showSuggestionAfterError()
    // A command's own commands have flags of the same names.
    .enablePositionalOptions()
    .exitOverride();
  addSimulate(program);
  addSensitivity(program);
  addFit(program);
  addDiscover(program);
  addDesign(program);
  addTrain(program);
  addPredict(program);
  addReproduce(program);
  addCompare(program);
  addSweep(program);
  addWorker(program);
  addRobustness(program);
  addCircuit(program);
  addDsd(program);
  addLab(program);
  addInfo(program);
  addConvert(program);
  addPrint(program);
  addSbmlTest(program);
  return program;
}

/** Says what went wrong, and gives the exit code. */
function settle(error: unknown, args: readonly string[]): number {
  const terminal = openTerminal({ color: !args.includes('--no-color') });
  const { wordInk, paint } = terminal;
  const say = (message: string, hint?: string) => {
    terminal.complain(`${wordInk.bold(wordInk.red('error:'))} ${message}`);
    if (hint !== undefined) terminal.complain(`  hint: ${hint}`);
  };
  if (error instanceof Ended) return error.code;
  if (error instanceof CommanderError) {
    // Commander has printed its message, or the help or version that was asked for.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.invalid;
  }
  if (error instanceof InvalidFile) {
    terminal.complain(describeInvalidFile(error, paint));
    return exitCodes.invalid;
  }
  if (error instanceof InvalidInput) {
    say(error.message, error.hint);
    if (process.env.DEBUG && error.cause instanceof Error) terminal.complain(error.cause.stack ?? '');
    return exitCodes.invalid;
  }
  if (isRefusal(error)) {
    say(error.message);
    if (process.env.DEBUG) terminal.complain(error.stack ?? '');
    return exitCodes.invalid;
  }
  say('this should not have happened; please report it with what you ran:');
  terminal.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.failed;
}

/**
 * Runs the command with these words, those after its name.
 * @returns the exit code, when it has not ended well
 */
export async function runCommand(args: readonly string[]): Promise<number | undefined> {
  try {
    await makeProgram().parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return settle(error, args);
  }
}
