import type { Network } from '../../network/model.js';
import { familyOf } from '../../network/names.js';
import { type Formal, type FormalReaction, formalNetwork } from './admit.js';
import { experimentOf } from './experiment.js';
import { FreshNames, freshNames } from './names.js';
import { type DsdOptions, type DsdSettings, dsdSettings } from './options.js';
import { number, Strands, term } from './strands.js';

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
  return new Translation(network, formal, settings, gain).finish();
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

const steps = ['bind', 'give', 'buffer', 'leak', 'stick'] as const;

class Translation {
  readonly #network: Network;
  readonly #formal: Formal;
  readonly #settings: DsdSettings;
  readonly #gain: number;
  readonly #strands: Strands;
  readonly #names: FreshNames;
  /** Bases of the labels of what runs in all phases. */
  readonly #step: Record<(typeof steps)[number], string>;
  /** Labels of the formal network, and those that stand for them. */
  readonly #labels = new Map<string, string[]>();
  #buffers = 0;

  constructor(network: Network, formal: Formal, settings: DsdSettings, gain: number) {
    this.#network = network;
    this.#formal = formal;
    this.#settings = settings;
    this.#gain = gain;
    this.#strands = new Strands(network, settings, gain);
    this.#names = new FreshNames(network.reactions.flatMap(({ label }) => label ?? []));
    this.#step = freshNames(steps, this.#names);
  }

  finish(): DsdTranslation {
    for (const reaction of this.#formal.reactions) this.#translate(reaction);
    if (this.#settings.buffered) this.#addBuffers();
    if (this.#settings.occlusion > 0) this.#addOcclusion();
    this.#strands.settle();
    const { bound, fuels, reactions } = this.#strands;
    const { species, reactions: formal } = this.#network;
    const network = this.#finished();
    return {
      network,
      signals: species.map(({ name, constant }, s) => ({
        name,
        bound: bound[s].map((one) => one.name),
        binding: this.#formal.binding[s],
        held: constant,
      })),
      gain: this.#gain,
      fuels,
      settings: this.#settings,
      counts: {
        formal: { species: species.length, reactions: formal.length },
        species: network.species.length,
        reactions: reactions.length,
        fuels: fuels.length,
        buffers: this.#buffers,
      },
      notes: this.#notes(),
    };
  }

  #translate(formal: FormalReaction): void {
    const { rate, reactants, products } = formal;
    const index = formal.reaction + 1;
    const label = this.#labelOf(formal);
    const strands = this.#strands;
    const { kind } = strands;
    const fuel = (of: keyof typeof kind) => strands.addFuel(`${kind[of]}[${index}]`);
    const [one, other] = reactants;
    if (one === undefined) {
      const sides = [term(fuel('gate')), term(fuel('release'))];
      strands.react(label, sides, products, strands.effective(rate, 2));
      return;
    }
    const first = fuel(other === undefined ? 'gate' : 'linker');
    let [binds, to, at] = [one, first, strands.effective(rate, 1)];
    if (other !== undefined) {
      const half = strands.addBound(`${kind.half}[${index}]`, one, strands.shareOf(rate));
      const bound: [number, number] = [half, fuel('back')];
      strands.bind(`${this.#step.bind}[${index}]`, [one, first], bound, strands.effective(rate, 0));
      [binds, to, at] = [other, half, strands.fastest()];
    }
    // Without products there is nothing to release.
    const output =
      products.length === 0 ? undefined : strands.add(`${kind.output}[${index}]`, number(0), false);
    strands.react(label, [term(binds), term(to)], output === undefined ? [] : [term(output)], at);
    if (output === undefined) return;
    const release = fuel('release');
    strands.react(`${this.#step.give}[${index}]`, [term(output), term(release)], products, strands.fastest());
    const { leak } = this.#settings;
    if (leak === 0) return;
    strands.react(`${this.#step.leak}[${index}]`, [term(first), term(release)], products, number(leak));
  }

  /** Modules for the signals that bind less than the one that binds most. */
  #addBuffers(): void {
    const { binding, speeds } = this.#formal;
    const strands = this.#strands;
    const { kind } = strands;
    const { buffer } = this.#step;
    this.#network.species.forEach(({ constant }, s) => {
      const missing = speeds.binding - binding[s];
      if (constant || missing <= 1e-12 * speeds.binding) return;
      const name = (base: string) => `${base}[${s + 1},${buffer}]`;
      const linker = strands.addFuel(name(kind.linker));
      const half = strands.addBound(name(kind.half), s, strands.shareOf(missing));
      const back = strands.addFuel(name(kind.back));
      strands.bind(`${buffer}[${s + 1}]`, [s, linker], [half, back], strands.effective(missing, 0));
      this.#buffers++;
    });
  }

  /** Strands that stick: in equilibrium at once, as fast as strands find fuels. */
  #addOcclusion(): void {
    const { occlusion, qMax, cMax } = this.#settings;
    const off = qMax * cMax;
    const share = occlusion / (1 - occlusion);
    const strands = this.#strands;
    this.#network.species.forEach(({ constant }, s) => {
      if (constant) return;
      const stuck = strands.addBound(`${strands.kind.stuck}[${s + 1}]`, s, share);
      const label = `${this.#step.stick}[${s + 1}]`;
      strands.react(label, [term(s)], [term(stuck)], number(off * share));
      strands.react(label, [term(stuck)], [term(s)], number(off));
    });
  }

  /** The formal label; the way back of an arrow has one of its own now, in the same family. */
  #labelOf({ label }: FormalReaction): string | null {
    if (label === null) return null;
    const used = this.#labels.get(label);
    if (used === undefined) {
      this.#labels.set(label, [label]);
      return label;
    }
    const back = this.#names.free((underscores) =>
      label.endsWith(']') ? `${label.slice(0, -1)},back${underscores}]` : `${label}_back${underscores}`,
    );
    used.push(back);
    return back;
  }

  #finished(): Network {
    const { simulation, observables } = this.#network;
    const { species, reactions, parameter } = this.#strands;
    const present = new Set(
      reactions.flatMap(({ label }) => (label === null ? [] : (familyOf(label) ?? []))),
    );
    const always = Object.values(this.#step).filter((base) => present.has(base));
    const { parameters, ...experiment } = experimentOf(
      this.#network,
      this.#strands,
      this.#gain,
      this.#labels,
      always,
    );
    const { cMax, qMax } = this.#settings;
    const own = { cMax, qMax, gain: this.#gain };
    return {
      species,
      parameters: [
        ...parameters,
        ...(['cMax', 'qMax', 'gain'] as const).map((name) => ({
          name: parameter[name],
          value: number(own[name]),
        })),
      ],
      reactions,
      ...experiment,
      ...(observables && { observables }),
      simulation,
    };
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
      'starting amounts, doses and buffers belong to these numbers: translate anew in place of changing a parameter',
      ...(leak > 0 ? [`fuels leak at ${short(leak)} (model units)`] : []),
      ...(occlusion > 0 ? [`${short(100 * occlusion)} % of every signal stick to fuels`] : []),
      ...(idle > 0
        ? [`${idle === 1 ? '1 reaction' : `${idle} reactions`} with the constant 0 left out`]
        : []),
    ];
  }
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
