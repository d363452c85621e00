import type { Term } from '../../network/assemble-parts.js';
import { type Network, type NetworkBuilder, networkBuilder } from '../../network/index.js';
import type { Expression } from '../../network/model.js';
import { addClock, type CrnppClockOptions } from './clock.js';
import {
  type ClockedPhase,
  type Command,
  type Condition,
  type CrnppProgram,
  type ModuleName,
  phasesOf,
} from './program.js';

export interface CrnppOptions extends CrnppClockOptions {
  /** Numbers in place of the program's own values, by name. */
  values?: Readonly<Record<string, number>>;
}

/** A compiled CRN++ program. */
export interface CrnppCircuit {
  network: Network;
  /** In the order in which the clock runs them: which species switches each, and of which step it is. */
  phases: { species: string; step: number; decides: boolean }[];
}

type Side = Readonly<Record<string, number>>;

/** A reaction before the clock and conditions have their catalysts in it. */
interface Part {
  reactants: Side;
  products: Side;
  rate: number | Expression;
}

/** Flags of comparisons, and what keeps equals equal: where a program has such names of its own, others. */
type Flags = Readonly<Record<'xgty' | 'xlty' | 'ygtx' | 'yltx' | 'cmpOffset', string>>;

/** Values that differ by less are equal: half of the difference of whole numbers. */
const comparisonOffset = 0.5;

const flagsOf: Readonly<Record<Condition, readonly (keyof Flags)[]>> = {
  ifGT: ['xgty', 'yltx'],
  ifGE: ['xgty'],
  ifEQ: ['xgty', 'ygtx'],
  ifLE: ['ygtx'],
  ifLT: ['ygtx', 'xlty'],
};

/** How much faster an absence indicator goes than it comes. */
const absenceRatio = 1000;

/** Reactions of the modules of Vasić et al. (2018), each converging exponentially and leaving its operands as they are. */
const moduleParts: Readonly<Record<ModuleName, (s: readonly string[], helper: () => string) => Part[]>> = {
  ld: ([a, b]) => [makes(a!, b!), decay(b!)],
  add: ([a, b, c]) => [makes(a!, c!), makes(b!, c!), decay(c!)],
  sub: ([a, b, c], helper) => {
    const h = helper();
    return [makes(a!, c!), makes(b!, h), decay(c!), part([c!, h], [])];
  },
  mul: ([a, b, c]) => [part([a!, b!], [a!, b!, c!]), decay(c!)],
  div: ([a, b, c]) => [makes(a!, c!), part([b!, c!], [b!])],
  sqrt: ([a, b]) => [part([a!], [a!, b!], 2), part([b!, b!], [])],
};

const makes = (from: string, made: string): Part => part([from], [from, made]);
const decay = (species: string): Part => part([species], []);

function part(reactants: readonly string[], products: readonly string[], rate = 1): Part {
  return { reactants: count(reactants), products: count(products), rate };
}

function count(names: readonly string[]): Record<string, number> {
  const side: Record<string, number> = Object.create(null);
  for (const name of names) side[name] = (side[name] ?? 0) + 1;
  return side;
}

/** Approximate majority by way of an undecided `b` (Angluin et al. 2008, Cardelli & Csikász-Nagy 2012). */
const majority = (x: string, y: string, b: string): Part[] => [
  part([x, y], [y, b]),
  part([b, y], [y, y]),
  part([y, x], [x, b]),
  part([b, x], [x, x]),
];

/** Which part of each pair of flags grows tells who is larger, with an offset for the one who may be equal. */
const normalise = (flags: Flags, x: string, y: string): Part[] => [
  part([flags.xgty, y], [flags.xlty, y]),
  part([flags.xlty, flags.cmpOffset], [flags.xgty, flags.cmpOffset]),
  part([flags.xlty, x], [flags.xgty, x]),
  part([flags.ygtx, x], [flags.yltx, x]),
  part([flags.yltx, flags.cmpOffset], [flags.ygtx, flags.cmpOffset]),
  part([flags.yltx, y], [flags.ygtx, y]),
];

/**
 * Compiles a CRN++ program to reactions with its clock inside. Absolute tolerances are set so low that the clock's idle
 * species, which begin at 1e-10, keep their digits.
 *
 * @param program from `parseCrnpp`, or made by hand
 * @throws NetworkError for values that make no network
 */
export function compileCrnpp(program: CrnppProgram, options: CrnppOptions = {}): CrnppCircuit {
  return new Compiler(program, options).compile();
}

class Compiler {
  private readonly builder: NetworkBuilder = networkBuilder();
  private helpers = 0;
  private readonly indicators = new Map<string, string>();
  private comparing = false;
  private readonly taken = new Set<string>();
  private readonly flags: Flags;

  constructor(
    private readonly program: CrnppProgram,
    private readonly options: CrnppOptions,
  ) {
    for (const { name } of program.values) this.taken.add(name);
    for (const { species } of program.concentrations) this.taken.add(species);
    for (const commands of [program.always, ...program.steps])
      for (const name of namesOf(commands)) this.taken.add(name);
    this.flags = {
      xgty: this.free('xgty'),
      xlty: this.free('xlty'),
      ygtx: this.free('ygtx'),
      yltx: this.free('yltx'),
      cmpOffset: this.free('cmpOffset'),
    };
  }

  compile(): CrnppCircuit {
    const { builder, program, options } = this;
    for (const { name, value } of program.values) builder.param(name, options.values?.[name] ?? value);
    for (const { species, value } of program.concentrations) builder.init(species, value);
    const phases = phasesOf(program);
    // The clock comes first where there is one, so that its species stand together.
    const switches = phases.length === 0 ? [] : addClock(builder, phases.length, this.free('X'), options);
    this.commands(program.always, 0, {});
    for (const [p, phase] of phases.entries()) this.phase(phase, p + 1, switches[p]!);
    if (this.comparing) for (const flag of Object.values(this.flags)) builder.init(flag, comparisonOffset);
    for (const [species, indicator] of this.indicators) this.addIndicator(species, indicator);
    builder.simulation({ rtol: 1e-8, atol: 1e-16 });
    return {
      network: builder.build(),
      phases: phases.map(({ step, decides }, p) => ({ species: switches[p]!, step, decides })),
    };
  }

  private phase({ commands, decides }: ClockedPhase, number: number, clock: string): void {
    if (!decides) {
      this.commands(commands, number, count([clock]));
      return;
    }
    const parts = [
      ...majority(this.flags.xgty, this.flags.xlty, this.helper('b')),
      ...majority(this.flags.ygtx, this.flags.yltx, this.helper('b')),
    ];
    this.add(parts, `decide[${number}`, count([clock]));
  }

  /** Adds the reactions of commands, all with the given catalysts. */
  private commands(commands: readonly Command[], phase: number, catalysts: Side, inside = ''): void {
    for (const [i, command] of commands.entries()) {
      const place = `${phase}${inside},${i + 1}`;
      switch (command.kind) {
        case 'module': {
          const { module, species } = command;
          this.add(
            moduleParts[module](species, () => this.helper('h')),
            `${module}[${place}`,
            catalysts,
          );
          break;
        }
        case 'am': {
          const [x, y] = command.species;
          this.add(majority(x, y, this.helper('b')), `am[${place}`, catalysts);
          break;
        }
        case 'cmp': {
          const [x, y] = command.species;
          this.comparing = true;
          this.add(normalise(this.flags, x, y), `cmp[${place}`, catalysts);
          break;
        }
        case 'if':
          this.commands(
            command.body,
            phase,
            plus(count(flagsOf[command.condition].map((flag) => this.flags[flag])), catalysts),
            `${inside},${i + 1}`,
          );
          break;
        case 'present':
          this.commands(command.body, phase, plus(sideOf(command.species), catalysts), `${inside},${i + 1}`);
          break;
        case 'absent':
          this.commands(
            command.body,
            phase,
            plus(count([this.indicator(command.species)]), catalysts),
            `${inside},${i + 1}`,
          );
          break;
        case 'reaction': {
          const { reactants, products, rate, reverse } = command;
          const parts: Part[] = [{ reactants: sideOf(reactants), products: sideOf(products), rate }];
          if (reverse)
            parts.push({ reactants: sideOf(products), products: sideOf(reactants), rate: reverse });
          this.add(parts, `rxn[${place}`, catalysts);
          break;
        }
      }
    }
  }

  private add(parts: readonly Part[], label: string, catalysts: Side): void {
    for (const [k, { reactants, products, rate }] of parts.entries()) {
      this.builder.reaction({
        label: `${label},${k + 1}]`,
        reactants: Object.entries(plus(catalysts, reactants)),
        products: Object.entries(plus(catalysts, products)),
        rate,
      });
    }
  }

  private helper(base: string): string {
    return `${base}[${++this.helpers}]`;
  }

  private indicator(species: string): string {
    const known = this.indicators.get(species);
    if (known !== undefined) return known;
    const name = this.free(`no${species}`);
    this.indicators.set(species, name);
    return name;
  }

  /** `G -> G + a` and, a thousand times faster, `s + a -> s`: a is there when s is not. */
  private addIndicator(species: string, indicator: string): void {
    const generator = this.free(`${indicator}Source`);
    this.builder.init(generator, 1);
    this.add(
      [makes(generator, indicator), part([species, indicator], [species], absenceRatio)],
      `absence[${species}`,
      {},
    );
  }

  /** A name that the program does not use. */
  private free(wanted: string): string {
    let name = wanted;
    // The clock has a parameter of its name, too.
    while (this.taken.has(name) || this.taken.has(`${name}Rate`)) name += '$';
    this.taken.add(name);
    return name;
  }
}

function plus(one: Side, other: Side): Side {
  const sum: Record<string, number> = Object.create(null);
  for (const side of [one, other])
    for (const name of Object.keys(side)) sum[name] = (sum[name] ?? 0) + side[name]!;
  return sum;
}

function sideOf(terms: readonly Term[]): Side {
  const side: Record<string, number> = Object.create(null);
  for (const { name, value } of terms) side[name] = (side[name] ?? 0) + value;
  return side;
}

function* namesOf(commands: readonly Command[]): Generator<string> {
  for (const command of commands) {
    if (command.kind === 'reaction') {
      for (const { name } of [...command.reactants, ...command.products]) yield name;
    } else if (command.kind === 'absent') yield command.species;
    else if (command.kind === 'present') for (const { name } of command.species) yield name;
    else if (command.kind !== 'if') yield* command.species;
    if ('body' in command) yield* namesOf(command.body);
  }
}
