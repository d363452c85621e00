import { surveyExpression } from '../../network/expression.js';
import { evaluateExpression, initialConcentrations, parameterValues } from '../../network/index.js';
import type { Dose, Expression, Network, Phase, Reaction, SpeciesTerm } from '../../network/model.js';
import { type Formal, type FormalReaction, formalNetwork } from './admit.js';
import { type DsdOptions, type DsdSettings, dsdSettings } from './options.js';

/** A species of the formal network, and the strands that stand for it. */
export interface SignalStrand {
  /** Name in the formal network, and of its free strand in the translation: whose concentration means the same. */
  name: string;
  /** Species in which further strands of it are bound. Free and bound together are `gain` times what is free. */
  bound: string[];
  /** Sum of the constants with which it binds first, in model units. */
  binding: number;
  /** True for species that the environment holds. */
  held: boolean;
}

/** A network made of DNA strands. Plain data. */
export interface DsdTranslation {
  /** Runs and prints like any other; the formal species come first, in their order. */
  network: Network;
  /** By formal species, in their order. */
  signals: SignalStrand[];
  /** By how much more of a signal is needed than is to be free; 1 where nothing is made good for. */
  gain: number;
  /** Every fuel by name: what is consumed, and is there at `cMax` at the start. */
  fuels: string[];
  settings: DsdSettings;
  counts: {
    /** Of the network that was translated. */
    formal: { species: number; reactions: number };
    species: number;
    reactions: number;
    fuels: number;
    /** Signals with a module that makes good for what others bind more of. */
    buffers: number;
  };
  notes: string[];
}

const number = (value: number): Expression => ({ kind: 'number', value });
const term = (species: number, value = 1): SpeciesTerm => ({ species, value });

/**
 * Makes a network of DNA strand displacement reactions that does what a formal one does: Soloveichik, Seelig & Winfree,
 * "DNA as a universal substrate for chemical kinetics" (PNAS 107, 2010), with buffering.
 *
 *     X → P            X + G → O (q/Cmax)          O + T → P (qMax)
 *     X₁ + X₂ → P      X₁ + L ⇌ H + B (q, qMax)    X₂ + H → O (qMax)    O + T → P (qMax)
 *     ∅ → P            G + T → P (q/Cmax²)
 *     buffer of X      X + L ⇌ H + B (gain·(sMax − s(X)), qMax)
 *
 * G, L, B and T are fuels at Cmax. q = gain·k, gain = qMax/(qMax − sMax), and s(X) is the sum of the constants of the
 * reactions in which X binds first. H is in equilibrium with X, so that of every signal the same part is bound: X reacts at
 * k where gain·X strands are there. Starting amounts and doses are multiplied by it. Without `buffered` all this is left out:
 * q = k, and what binds much is slow. (The rule for ∅ is ours: two fuels that react with each other.)
 *
 * Labels stay with the one step that consumes an input for good; binding and release run in all phases, so that nothing is
 * caught in a bound form between phases. Doses that set a concentration set what is bound with it.
 *
 * @throws RangeError naming a reaction that strands cannot do (more than two reactants, another rate law, broken numbers of
 *   molecules), a constant that is too fast for them, or a bad option
 */
export function translateToDsd(network: Network, options: DsdOptions = {}): DsdTranslation {
  const formal = formalNetwork(network);
  const settings = dsdSettings(options, formal.speeds);
  const gain = gainOf(network, formal, settings);
  return new Translator(network, formal, settings, gain).finish();
}

/** @throws RangeError naming what is too fast */
function gainOf(network: Network, { reactions, binding, speeds }: Formal, settings: DsdSettings): number {
  const { qMax, cMax, buffered } = settings;
  const slower = 'take a lower rate, or a larger qMax';
  if (buffered && speeds.binding >= qMax) {
    const name = network.species[binding.indexOf(speeds.binding)].name;
    throw new RangeError(
      `${name} binds first in reactions whose constants add up to ${speeds.binding}, and qMax is ${qMax}: ${slower}`,
    );
  }
  const gain = buffered ? qMax / (qMax - speeds.binding) : 1;
  for (const { reaction, rate, reactants } of reactions) {
    const q = (gain * rate) / cMax ** (2 - reactants.length);
    if (q <= qMax) continue;
    const label = network.reactions[reaction].label ?? String(reaction + 1);
    throw new RangeError(
      `reaction ${label} needs a strand displacement at ${q}, and qMax is ${qMax}: ${slower}`,
    );
  }
  return gain;
}

/** Names that neither the network nor the translation has yet. */
class FreshNames {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** A base name that nothing begins with. */
  base(wanted: string): string {
    let name = wanted;
    while ([...this.#taken].some((one) => one === name || one.startsWith(`${name}[`))) name += '_';
    this.#taken.add(name);
    return name;
  }
}

const parts = ['gate', 'linker', 'back', 'half', 'output', 'release', 'stuck'] as const;
const steps = ['bind', 'give', 'buffer', 'leak', 'stick'] as const;

class Translator {
  readonly #network: Network;
  readonly #formal: Formal;
  readonly #settings: DsdSettings;
  readonly #gain: number;
  readonly #species: Network['species'];
  readonly #reactions: Reaction[] = [];
  readonly #fuels: string[] = [];
  /** By signal: where it is bound, and how much there for one that is free, in equilibrium with fuels at Cmax. */
  readonly #bound: { species: number; name: string; share: number }[][];
  readonly #part: Record<(typeof parts)[number], string>;
  readonly #step: Record<(typeof steps)[number], string>;
  readonly #parameter: Record<'cMax' | 'qMax' | 'gain', string>;
  /** Labels of the formal network, and those that stand for them. */
  readonly #labels = new Map<string, string[]>();
  #buffers = 0;

  constructor(network: Network, formal: Formal, settings: DsdSettings, gain: number) {
    this.#network = network;
    this.#formal = formal;
    this.#settings = settings;
    this.#gain = gain;
    const names = new FreshNames([
      ...network.species.map(({ name }) => name),
      ...network.parameters.map(({ name }) => name),
    ]);
    const labels = new FreshNames(network.reactions.flatMap(({ label }) => label ?? []));
    const fresh = <K extends string>(all: readonly K[], from: FreshNames) =>
      Object.fromEntries(all.map((name) => [name, from.base(name)])) as Record<K, string>;
    this.#part = fresh(parts, names);
    this.#parameter = fresh(['cMax', 'qMax', 'gain'] as const, names);
    this.#step = fresh(steps, labels);
    const initial = initialConcentrations(network, parameterValues(network));
    this.#species = network.species.map(({ name, constant }, s) => ({
      name,
      constant,
      initial: number(initial[s]),
    }));
    this.#bound = network.species.map(() => []);
  }

  finish(): DsdTranslation {
    for (const reaction of this.#formal.reactions) this.#translate(reaction);
    if (this.#settings.buffered) this.#addBuffers();
    if (this.#settings.occlusion > 0) this.#addOcclusion();
    this.#fill();
    const network = this.#finished();
    const { species, reactions } = this.#network;
    return {
      network,
      signals: species.map(({ name, constant }, s) => ({
        name,
        bound: this.#bound[s].map(({ name }) => name),
        binding: this.#formal.binding[s],
        held: constant,
      })),
      gain: this.#gain,
      fuels: this.#fuels,
      settings: this.#settings,
      counts: {
        formal: { species: species.length, reactions: reactions.length },
        species: network.species.length,
        reactions: network.reactions.length,
        fuels: this.#fuels.length,
        buffers: this.#buffers,
      },
      notes: this.#notes(),
    };
  }

  #translate(formal: FormalReaction): void {
    const { rate, reactants, products } = formal;
    const index = formal.reaction + 1;
    const label = this.#labelOf(formal);
    const { part, step } = { part: this.#part, step: this.#step };
    const [one, other] = reactants;
    if (one === undefined) {
      const [gate, release] = [this.#fuel(part.gate, index), this.#fuel(part.release, index)];
      this.#react(label, [term(gate), term(release)], products, this.#effective(rate, 2));
      return;
    }
    const fuel = this.#fuel(other === undefined ? part.gate : part.linker, index);
    let [binds, to, at] = [one, fuel, this.#effective(rate, 1)];
    if (other !== undefined) {
      const half = this.#addHalf(`${part.half}[${index}]`, one, this.#share(rate));
      const back = this.#fuel(part.back, index);
      this.#bind(`${step.bind}[${index}]`, [one, fuel], [half, back], this.#effective(rate, 0));
      [binds, to, at] = [other, half, this.#fastest()];
    }
    // Without products there is nothing to release.
    const output =
      products.length === 0 ? undefined : this.#add(`${part.output}[${index}]`, number(0), false);
    this.#react(label, [term(binds), term(to)], output === undefined ? [] : [term(output)], at);
    if (output === undefined) return;
    const release = this.#fuel(part.release, index);
    this.#react(`${step.give}[${index}]`, [term(output), term(release)], products, this.#fastest());
    if (this.#settings.leak > 0) {
      const label = `${step.leak}[${index}]`;
      this.#react(label, [term(fuel), term(release)], products, number(this.#settings.leak));
    }
  }

  /** Modules for the signals that bind less than the one that binds most. */
  #addBuffers(): void {
    const { binding, speeds } = this.#formal;
    this.#network.species.forEach(({ constant }, s) => {
      const missing = speeds.binding - binding[s];
      if (constant || missing <= 1e-12 * speeds.binding) return;
      const name = (part: string) => `${part}[${s + 1},${this.#step.buffer}]`;
      const linker = this.#addFuel(name(this.#part.linker));
      const half = this.#addHalf(name(this.#part.half), s, this.#share(missing));
      const back = this.#addFuel(name(this.#part.back));
      this.#bind(`${this.#step.buffer}[${s + 1}]`, [s, linker], [half, back], this.#effective(missing, 0));
      this.#buffers++;
    });
  }

  /** Strands that stick: in equilibrium at once, as fast as strands find fuels. */
  #addOcclusion(): void {
    const { occlusion, qMax, cMax } = this.#settings;
    const off = qMax * cMax;
    const share = occlusion / (1 - occlusion);
    this.#network.species.forEach(({ constant }, s) => {
      if (constant) return;
      const stuck = this.#addHalf(`${this.#part.stuck}[${s + 1}]`, s, share);
      const label = `${this.#step.stick}[${s + 1}]`;
      this.#react(label, [term(s)], [term(stuck)], number(off * share));
      this.#react(label, [term(stuck)], [term(s)], number(off));
    });
  }

  #labelOf({ label }: FormalReaction): string | null {
    if (label === null) return null;
    const used = this.#labels.get(label);
    if (used === undefined) {
      this.#labels.set(label, [label]);
      return label;
    }
    // The way back of an arrow has a label of its own now, in the same family.
    const other = label.includes('[') ? label.replace(/\]?$/, ',back]') : `${label}_back`;
    used.push(other);
    return other;
  }

  #fuel(part: string, index: number): number {
    return this.#addFuel(`${part}[${index}]`);
  }

  #addFuel(name: string): number {
    this.#fuels.push(name);
    return this.#add(
      name,
      { kind: 'parameter', name: this.#parameter.cMax },
      this.#settings.fuels === 'held',
    );
  }

  /** A species in which a signal is bound. */
  #addHalf(name: string, signal: number, share: number): number {
    const species = this.#add(name, number(0), false);
    this.#bound[signal].push({ species, name, share });
    return species;
  }

  /** What is bound over what is free at the constant k. */
  #share = (k: number): number => (this.#gain * k) / this.#settings.qMax;

  /** Free and bound concentrations where gain·`value` of a signal is there. */
  #spread(signal: number, value: number): { species: number; value: number }[] {
    const bound = this.#bound[signal];
    // In this order the buffered ones are free to the last digit.
    const free = value * (this.#gain / bound.reduce((sum, { share }) => sum + share, 1));
    return [
      { species: signal, value: free },
      ...bound.map(({ species, share }) => ({ species, value: share * free })),
    ];
  }

  /** Starting amounts, in equilibrium. */
  #fill(): void {
    this.#network.species.forEach((_, s) => {
      const { initial, constant } = this.#species[s];
      if (initial.kind !== 'number' || initial.value === 0) return;
      const spread = this.#spread(s, initial.value);
      for (const { species, value } of spread) {
        if (species !== s || !constant) this.#species[species].initial = number(value);
      }
    });
  }

  #add(name: string, initial: Expression, constant: boolean): number {
    this.#species.push({ name, initial, constant });
    return this.#species.length - 1;
  }

  #react(label: string | null, reactants: SpeciesTerm[], products: SpeciesTerm[], rate: Expression): void {
    const sides = { reactants: merged(reactants), products: merged(products) };
    this.#reactions.push({
      label,
      ...sides,
      orders: sides.reactants.map((one) => ({ ...one })),
      rate,
      law: 'massAction',
    });
  }

  /** A reversible step: bound at `rate`, free again at qMax. */
  #bind(label: string, free: [number, number], bound: [number, number], rate: Expression): void {
    const [left, right] = [free, bound].map((side) => side.map((species) => term(species)));
    this.#react(label, left, right, rate);
    this.#react(label, right, left, this.#fastest());
  }

  #fastest = (): Expression => ({ kind: 'parameter', name: this.#parameter.qMax });

  /** gain·k/Cmaxⁿ */
  #effective(rate: number, fuels: number): Expression {
    const gain: Expression = { kind: 'parameter', name: this.#parameter.gain };
    const scaled: Expression =
      rate === 1 ? gain : { kind: 'binary', operator: '*', left: gain, right: number(rate) };
    if (fuels === 0) return scaled;
    const cMax: Expression = { kind: 'parameter', name: this.#parameter.cMax };
    const right: Expression =
      fuels === 1 ? cMax : { kind: 'binary', operator: '^', left: cMax, right: number(fuels) };
    return { kind: 'binary', operator: '/', left: scaled, right };
  }

  #finished(): Network {
    const { simulation, observables } = this.#network;
    const phases = this.#network.phases.map(
      (phase): Phase => ({ ...phase, active: this.#active(phase.active) }),
    );
    const doses = this.#network.doses.flatMap((dose) => this.#dose(dose));
    const { cMax, qMax } = this.#settings;
    const own = { cMax, qMax, gain: this.#gain };
    const used = new Set(
      [
        ...phases.flatMap(({ duration, when }) => [duration, ...(when ? [when.level] : [])]),
        ...doses.flatMap(({ amount, at }) => [amount, ...(at.kind === 'level' ? [at.level] : [])]),
        ...(simulation.to ? [simulation.to] : []),
      ].flatMap(namesIn),
    );
    const { parameters } = this.#network;
    // Parameters that others refer to come along.
    for (let before = -1; before !== used.size; ) {
      before = used.size;
      for (const { name, value } of parameters)
        if (used.has(name)) for (const one of namesIn(value)) used.add(one);
    }
    return {
      species: this.#species,
      parameters: [
        ...parameters.filter(({ name }) => used.has(name)).map(({ name, value }) => ({ name, value })),
        ...(['cMax', 'qMax', 'gain'] as const).map((name) => ({
          name: this.#parameter[name],
          value: number(own[name]),
        })),
      ],
      reactions: this.#reactions,
      phases,
      doses,
      ...(observables && { observables }),
      simulation,
    };
  }

  /** A phase's labels: those of the formal reactions, and all that runs always. */
  #active(active: Phase['active']): Phase['active'] {
    if (active === '*') return '*';
    const present = new Set(this.#reactions.flatMap(({ label }) => label?.replace(/\[.*$/, '') ?? []));
    const always = Object.values(this.#step).filter((base) => present.has(base));
    return [
      ...active.flatMap((entry) =>
        entry.endsWith('[*]') ? this.#family(entry) : (this.#labels.get(entry) ?? []),
      ),
      ...always.map((base) => `${base}[*]`),
    ];
  }

  /** A family that still has members. */
  #family(entry: string): string[] {
    const start = entry.slice(0, -2);
    return [...this.#labels.keys()].some((label) => label.startsWith(start)) ? [entry] : [];
  }

  /** Of what is dosed the bound part comes along: by itself where it is added, written where it is set. */
  #dose(dose: Dose): Dose[] {
    const { species, amount, mode } = dose;
    if (this.#species[species].constant) return [dose];
    const value = evaluateExpression(amount, parameterValues(this.#network));
    if (mode === 'add') return [{ ...dose, amount: number(this.#gain * value) }];
    return this.#spread(species, value).map(
      (part): Dose => ({ ...dose, species: part.species, amount: number(part.value) }),
    );
  }

  #notes(): string[] {
    const { fuels, leak, occlusion, buffered } = this.#settings;
    const { idle } = this.#formal;
    return [
      buffered
        ? `${short(100 - 100 / this.#gain)} % of every signal are bound, so ${short(this.#gain)} times as much of it is there and dosed`
        : 'not buffered: signals are slowed by what binds them',
      fuels === 'held' ? 'fuels are held at their concentration' : 'fuels are used up as reactions run',
      'a phase switches the step that consumes an input for good; binding and release run in all phases',
      ...(leak > 0 ? [`fuels leak at ${short(leak)} (model units)`] : []),
      ...(occlusion > 0 ? [`${short(100 * occlusion)} % of every signal stick to fuels`] : []),
      ...(idle > 0 ? [`${idle} reactions with the constant 0 are left out`] : []),
    ];
  }
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

const namesIn = (expression: Expression): string[] =>
  surveyExpression(expression).parameters.map(({ name }) => name);

/** Terms with each species once. */
function merged(terms: readonly SpeciesTerm[]): SpeciesTerm[] {
  const sums = new Map<number, number>();
  for (const { species, value } of terms) sums.set(species, (sums.get(species) ?? 0) + value);
  return [...sums].map(([species, value]) => ({ species, value }));
}
