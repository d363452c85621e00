import { activeReactions } from '../../network/active.js';
import { evaluateExpression, orderParameters, parameterValues } from '../../network/expression.js';
import type { Expression, Network, Reaction, SpeciesTerm } from '../../network/model.js';
import { decimal, type FormulaStyle, writeFactor, writeFormula } from '../formula.js';
import { Identifiers } from '../identifiers.js';
import { reportAbilities } from '../report.js';
import { type Writing, writer } from '../writer.js';
import { runSettings } from './run.js';

/** A program for Julia with Catalyst.jl. */
export const writeJulia = writer('Catalyst.jl', (writing) => new JuliaWriter(writing).write());

const reserved = new Set(
  (
    't D im pi nothing missing Inf NaN exp log sqrt begin end if else elseif for while function return let local global const ' +
    'struct mutable module using import export true false in isa where do try catch finally quote macro baremodule abstract ' +
    'primitive type break continue Γ'
  ).split(' '),
);

/** Names that the program uses for itself. */
const own = ['rn', 'prob', 'sol', 'plan', 'edges', 'affect', 'callback', 'to', 'gates', 'times', 'turns'];

const number = (value: number): string => {
  if (value === Infinity) return 'Inf';
  return value === -Infinity ? '-Inf' : decimal(value);
};

class JuliaWriter {
  private readonly network: Network;
  private readonly identifiers = new Identifiers({ legal: /^[A-Za-z_]\w*$/, reserved }, own);
  private readonly species: string[];
  private readonly parameters: string[];
  private readonly style: FormulaStyle;
  /** The gate of each reaction, where phases switch it. */
  private readonly gates: (string | null)[];
  /** By gate, whether it is open in each phase. */
  private readonly open = new Map<string, boolean[]>();

  constructor(private readonly writing: Writing) {
    const { network } = writing;
    this.network = network;
    this.species = this.identifiers.take(network.species.map(({ name }) => name));
    this.parameters = this.identifiers.take(network.parameters.map(({ name }) => name));
    const names = new Map(network.parameters.map(({ name }, i) => [name, this.parameters[i]!]));
    this.style = {
      power: '^',
      functions: { exp: 'exp', ln: 'log', sqrt: 'sqrt' },
      number,
      name: (parameter) => names.get(parameter)!,
    };
    this.gates = this.makeGates();
  }

  /** Reactions that run in the same phases share a gate. */
  private makeGates(): (string | null)[] {
    const { network } = this;
    const running = network.phases.map(({ active }) => new Set(activeReactions(network, active)));
    const byPattern = new Map<string, string>();
    return network.reactions.map((_, r) => {
      const pattern = running.map((set) => set.has(r));
      if (pattern.every(Boolean)) return null;
      const key = pattern.join();
      const known = byPattern.get(key);
      if (known !== undefined) return known;
      const gate = this.identifiers.fresh(`gate${byPattern.size + 1}`);
      byPattern.set(key, gate);
      this.open.set(gate, pattern);
      return gate;
    });
  }

  write(): string {
    const { network } = this;
    const { name, report } = this.writing;
    reportAbilities(network, { schedule: true, observables: true, directives: true }, report);
    const { method } = network.simulation;
    if (method) report.note('method', `the method \`${method}\` is the library's own; Rodas5P is used here`);
    const reactions = network.reactions.map((reaction, r) => this.reaction(reaction, r));
    const observables = this.observables();
    const phases = this.schedule();
    const comments = report.finish();
    const { table } = this.identifiers;
    if (table.length > 0)
      comments.push('Names that are spelt otherwise here:', ...table.map((line) => `  ${line}`));
    return `${[
      `# ${name.replace(/\s+/g, ' ')}, written by neural-crn for Catalyst.jl`,
      ...comments.map((line) => `# ${line}`),
      `using Catalyst, OrdinaryDiffEqRosenbrock${phases.length > 0 ? ', DiffEqCallbacks' : ''}`,
      '',
      'rn = @reaction_network begin',
      '    @combinatoric_ratelaws false',
      ...this.declarations(),
      ...observables,
      ...reactions.map((line) => `    ${line}`),
      'end',
      '',
      ...phases,
      ...this.run(phases.length > 0),
    ].join('\n')}\n`;
  }

  private declarations(): string[] {
    const { network, style } = this;
    const values = parameterValues(network);
    const parameters = orderParameters(network.parameters).order.map(
      (index) => `${this.parameters[index]} = ${writeFormula(network.parameters[index]!.value, style)}`,
    );
    for (const [gate, open] of this.open) parameters.push(`${gate} = ${open[0] ? '1.0' : '0.0'}`);
    const species: string[] = [];
    for (const [i, { initial, constant }] of network.species.entries()) {
      const value = this.startOf(i, initial, values);
      // What the environment holds is a parameter that reactions may name.
      if (constant) parameters.push(`${this.species[i]} = ${value}, [isconstantspecies = true]`);
      else species.push(`${this.species[i]}(t) = ${value}`);
    }
    return [...block('@parameters', parameters), ...block('@species', species)];
  }

  /** Doses at the beginning of the run are in the starting value. */
  private startOf(index: number, initial: Expression, values: ReadonlyMap<string, number>): string {
    const [first] = this.network.phases;
    let dosed: number | null = null;
    for (const { species, mode, amount, at } of this.network.doses) {
      if (species !== index || at.kind !== 'phase' || at.phase !== first?.name) continue;
      const before: number = dosed ?? evaluateExpression(initial, values);
      const given = evaluateExpression(amount, values);
      dosed = mode === 'add' ? before + given : given;
    }
    return dosed === null ? writeFormula(initial, this.style) : number(dosed);
  }

  private reaction({ law, rate, orders, reactants, products, label }: Reaction, index: number): string {
    const gate = this.gates[index];
    const constant = writeFactor(rate, this.style);
    const factors = gate ? [gate, constant] : [constant];
    const sides = [this.side(reactants), this.side(products)];
    const comment = label === null ? '' : `  # ${label}`;
    // What has no side at all changes nothing, and Catalyst has no word for it.
    if (reactants.length === 0 && products.length === 0) return `# nothing reacts to nothing${comment}`;
    if (law === 'massAction') return `${factors.join('*')}, ${sides[0]} --> ${sides[1]}${comment}`;
    const powers = orders.map(({ species, value }) =>
      value === 1 ? this.species[species]! : `${this.species[species]}^${number(value)}`,
    );
    // This arrow takes the rate as it stands.
    return `${[...factors, ...powers].join('*')}, ${sides[0]} => ${sides[1]}${comment}`;
  }

  private side(terms: readonly SpeciesTerm[]): string {
    if (terms.length === 0) return '0';
    return terms
      .map(({ species, value }) =>
        value === 1
          ? this.species[species]!
          : `${Number.isInteger(value) ? value : number(value)}*${this.species[species]}`,
      )
      .join(' + ');
  }

  private observables(): string[] {
    const observables = this.network.observables ?? [];
    const names = this.identifiers.take(observables.map(({ name }) => name));
    const lines = observables.map(({ terms }, i) => {
      const sum = terms.map(
        ({ species, value }) =>
          `${value < 0 ? `(${number(value)})` : number(value)}*${this.species[species]}`,
      );
      return `${names[i]} ~ ${sum.length > 0 ? sum.join(' + ') : '0.0'}`;
    });
    return block('@observables', lines);
  }

  /** What callbacks do at the beginnings of phases. */
  private schedule(): string[] {
    const { network } = this;
    if (network.phases.length === 0) return [];
    const values = parameterValues(network);
    const rows = network.phases.map(({ name, duration }, i) => {
      const gates = [...this.open].map(([gate, open]) => `:${gate} => ${open[i] ? '1.0' : '0.0'}`);
      const doses = network.doses
        .filter(({ at }) => at.kind === 'phase' && at.phase === name)
        .map(({ species, mode, amount }) => {
          const place = `${network.species[species]!.constant ? 'integrator.ps' : 'integrator'}[:${this.species[species]}]`;
          const given = number(evaluateExpression(amount, values));
          return mode === 'add' ? `${place} += ${given}` : `${place} = ${given}`;
        });
      const act = doses.length > 0 ? `integrator -> (${doses.join('; ')}; nothing)` : 'integrator -> nothing';
      return `    (duration = ${number(evaluateExpression(duration, values))}, gates = Pair{Symbol, Float64}[${gates.join(', ')}], doses! = ${act}),  # ${name}`;
    });
    return [
      '# The phases in order: how long, which gates are open, doses at the start.',
      'plan = [',
      ...rows,
      ']',
      '',
      '# When phases begin, again and again until the end, and which; the first begins with the run.',
      'function edges(to)',
      '    times, turns = Float64[], Int[]',
      '    time, turn = plan[1].duration, 2',
      '    while time < to',
      '        push!(times, time)',
      '        push!(turns, mod1(turn, length(plan)))',
      '        time += plan[turns[end]].duration',
      '        turn += 1',
      '    end',
      '    return times, turns',
      'end',
      '',
      'function callback(to)',
      '    times, turns = edges(to)',
      '    function affect(integrator)',
      '        phase = plan[turns[argmin(abs.(times .- integrator.t))]]',
      '        for (gate, value) in phase.gates',
      '            integrator.ps[gate] = value',
      '        end',
      '        phase.doses!(integrator)',
      '    end',
      '    return PresetTimeCallback(times, affect)',
      'end',
      '',
    ];
  }

  private run(scheduled: boolean): string[] {
    const { to, save, rtol, atol } = runSettings(this.network);
    const same = atol.every((one) => one === atol[0]);
    // Only what is no parameter is integrated.
    const own = atol.filter((_, i) => !this.network.species[i]!.constant);
    const tolerance = same || own.length === 0 ? number(atol[0] ?? 1e-9) : `[${own.map(number).join(', ')}]`;
    const grid =
      save.kind === 'uniform'
        ? `range(0.0, to; length = ${save.intervals + 1})`
        : `exp.(range(log(${number(save.from)}), log(${number(save.to)}); length = ${save.points}))`;
    return [
      ...(to === null ? ['# The network does not say until when.'] : []),
      `to = ${number(to ?? 10)}`,
      'prob = ODEProblem(rn, [], (0.0, to), [])',
      `sol = solve(prob, Rodas5P(); reltol = ${number(rtol)}, abstol = ${tolerance}, saveat = ${grid}${scheduled ? ', callback = callback(to)' : ''})`,
    ];
  }
}

const block = (head: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`    ${head} begin`, ...lines.map((line) => `        ${line}`), '    end'];
