/** CRN++: programs of steps, compiled to reactions with a clock inside (Vasić, Soloveichik & Khurshid 2018). */
export { type CrnppClockOptions, crnppPeaks } from './clock.js';
export { type CrnppCircuit, type CrnppOptions, compileCrnpp } from './compile.js';
export { type ParsedProgram, parseCrnpp } from './parse.js';
export type { ClockedPhase, Command, Condition, CrnppProgram, ModuleName } from './program.js';
