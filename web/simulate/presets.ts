/** A network to begin with. */
export interface Preset {
  name: string;
  title: string;
  group: string;
  text: string;
  logTime?: boolean;
  logConcentration?: boolean;
  /** Lines that are not drawn to begin with. */
  hidden?: readonly string[];
  /** Lines that are drawn, however little they change. */
  wanted?: readonly string[];
}

/** A preset as it stands in a list. */
export type PresetName = Pick<Preset, 'name' | 'title' | 'group'>;

const preset = (
  group: string,
  name: string,
  title: string,
  text: string,
  drawn: Pick<Preset, 'logTime' | 'logConcentration' | 'hidden'> = {},
): Preset => ({ group, name, title, text: `${text.trim()}\n`, ...drawn });

const oscillators = 'Oscillators and clocks';
const stiff = 'Stiff chemistry';
const computing = 'Chemistry that computes';
const learning = 'Chemistry that learns (after others)';
const designed = 'Networks that were designed or found';
const first = 'First reactions';

export const presets: readonly Preset[] = [
  preset(
    oscillators,
    'brusselator',
    'Brusselator',
    `
# Brusselator (Prigogine & Lefever 1968): beyond B = 1 + A² it oscillates.
param A = 1, B = 3
init X = 1, Y = 1

∅ ->{A} X
X ->{B} Y
2 X + Y -> 3 X
X -> ∅

simulate to 50 save 1000
`,
  ),
  preset(
    oscillators,
    'oregonator',
    'Oregonator',
    `
# The Oregonator (Field & Noyes 1974), scaled: the Belousov–Zhabotinskii reaction.
param s = 77.27, q = 8.375e-6, w = 0.161
init X = 1, Y = 2, Z = 3

Y ->{s} X + Y
X ->{s} 2 X
2 X ->{s*q} X
X + Y ->{s} Y
Z ->{1/s} Y + Z
Y ->{1/s} ∅
X + Y ->{1/s} X
X ->{w} X + Z
Z ->{w} ∅

simulate to 800 save 2000
`,
    { logConcentration: true },
  ),
  preset(
    oscillators,
    'repressilator',
    'Repressilator',
    `
# Three genes in a ring, each shut off by the protein before it (after Elowitz & Leibler 2000),
# in mass action: a repressor binds twice, and the second binding shuts the gene.
param bind = 0.05, loose = 10, tight = 0.1
param make = 1, translate = 5, decay = 0.1
init GA = 1, GB = 1, GC = 1, A = 40

GA + C <->{bind}{loose} GA' ; GA' + C <->{bind}{tight} GA''
GB + A <->{bind}{loose} GB' ; GB' + A <->{bind}{tight} GB''
GC + B <->{bind}{loose} GC' ; GC' + B <->{bind}{tight} GC''

GA ->{make} GA + MA ; GA' ->{make} GA' + MA ; MA ->{translate} MA + A
GB ->{make} GB + MB ; GB' ->{make} GB' + MB ; MB ->{translate} MB + B
GC ->{make} GC + MC ; GC' ->{make} GC' + MC ; MC ->{translate} MC + C

MA ->{decay} ∅ ; A ->{decay} ∅
MB ->{decay} ∅ ; B ->{decay} ∅
MC ->{decay} ∅ ; C ->{decay} ∅

simulate to 600 save 1000
`,
    { hidden: ['GA', "GA'", "GA''", 'GB', "GB'", "GB''", 'GC', "GC'", "GC''", 'MA', 'MB', 'MC'] },
  ),
  preset(
    oscillators,
    'clock',
    'Clock of four phases',
    `
# A chemical clock: the token C moves round the ring, pushed by dimers of the species ahead.
param rate = 10, leak = 1e-3
init C[1] = 10

2 C[1] <->{rate}{rate} D[1] ; C[1] + D[2] ->{rate} C[2] + D[2] ; C[1] ->{leak} C[2]
2 C[2] <->{rate}{rate} D[2] ; C[2] + D[3] ->{rate} C[3] + D[3] ; C[2] ->{leak} C[3]
2 C[3] <->{rate}{rate} D[3] ; C[3] + D[4] ->{rate} C[4] + D[4] ; C[3] ->{leak} C[4]
2 C[4] <->{rate}{rate} D[4] ; C[4] + D[1] ->{rate} C[1] + D[1] ; C[4] ->{leak} C[1]

simulate to 60 save 1500
`,
    { hidden: ['D[1]', 'D[2]', 'D[3]', 'D[4]'] },
  ),
  preset(
    oscillators,
    'ring',
    'Rock, paper, scissors',
    `
# Three species that turn each other over: the oscillator most used in molecular programming.
param k = 1
init A = 1, B = 0.6, C = 0.3

A + B ->{k} 2 B
B + C ->{k} 2 C
C + A ->{k} 2 A

simulate to 60 save 800
`,
  ),
  preset(
    oscillators,
    'lotka-volterra',
    'Lotka–Volterra',
    `
# Prey and predators (Lotka 1920, Volterra 1926).
param birth = 1, hunt = 0.5, death = 0.8
init prey = 2, predator = 1

grow: prey ->{birth} 2 prey
eat: prey + predator ->{hunt} 2 predator
die: predator ->{death} ∅

simulate to 40 save 800
`,
  ),
  preset(
    stiff,
    'robertson',
    'Robertson',
    `
# Robertson's autocatalysis (1966): three reactions whose rates span nine decades.
init A = 1

A ->{0.04} B
2 B ->{3e7} B + C
B + C ->{1e4} A + C

simulate to 1e5 save log 1e-6 1e5 400 rtol 1e-8 atol 1e-12 atol B=1e-16
`,
    { logTime: true, logConcentration: true },
  ),
  preset(
    stiff,
    'hires',
    'HIRES',
    `
# High irradiance responses of photomorphogenesis (Schäfer 1975), HIRES of the IVP test set.
init y1 = 1, y8 = 0.0057

∅ ->{0.0007} y1
y1 <->{1.71}{0.43} y2
y2 ->{8.32} y4
y3 ->{8.32} y1
y3 <->{1.71}{0.43} y4
y4 ->{0.69} y6
y5 ->{0.035} y3
y5 <->{1.71}{0.43} y6
y6 + y8 ->{280} y7
y7 ->{0.43} y5 + y8
y7 ->{0.69} y6 + y8
y7 ->{0.69} y8

simulate to 321.8122 save log 1e-3 321.8122 400
`,
    { logTime: true, logConcentration: true },
  ),
  preset(
    stiff,
    'e5',
    'E5, to a thousand million',
    `
# Pyrolysis, E5 of the stiff DETEST set (Enright, Hull & Lindberg 1975).
init y1 = 0.00176

y1 ->{7.89e-10} y2 + y3
y1 + y3 ->{1.1e7} y4
y2 + y3 ->{1.13e9} ∅
y4 ->{1.13e3} y3

simulate to 1e13 save log 1e-4 1e13 400 rtol 1e-7 atol 1.7e-30
`,
    { logTime: true, logConcentration: true },
  ),
  preset(
    computing,
    'majority',
    'Approximate majority',
    `
# Approximate majority (Angluin, Aspnes & Eisenstat 2008): the larger of two populations takes all.
param k = 1
init X = 0.51, Y = 0.49

X + Y ->{k} 2 B
B + X ->{k} 2 X
B + Y ->{k} 2 Y

simulate to 30 save 600
`,
  ),
  preset(
    computing,
    'multiply',
    'A product, in dual rail',
    `
# Z = X · Y: each factor is the difference of two rails, and so is the product.
param k = 1
const X+ = 1.5, X- = 0.2, Y+ = 0.3, Y- = 0.9

X+ + Y+ ->{k} X+ + Y+ + Z+
X- + Y- ->{k} X- + Y- + Z+
X+ + Y- ->{k} X+ + Y- + Z-
X- + Y+ ->{k} X- + Y+ + Z-
Z+ ->{k} ∅ ; Z- ->{k} ∅
Z+ + Z- ->{100} ∅

simulate to 8 save 400
`,
  ),
  preset(
    computing,
    'phases',
    'A schedule of two phases',
    `
# A pot that is loaded, works and rests, three times over.
param dose = 1
init E = 0.2

load: S + E ->{10} E + P
rest: P ->{0.5} ∅

phase work 2: load
phase pause 4: rest
dose S += dose at work
simulate to 18 save 720
`,
  ),
  preset(
    first,
    'decay',
    'There and back',
    `
# A turns into B and back again.
param there = 1, back = 0.25
init A = 1

A <->{there}{back} B

simulate to 6
`,
  ),
  preset(
    first,
    'enzyme',
    'An enzyme',
    `
# Michaelis–Menten kinetics in full.
init E = 0.1, S = 1

bind: E + S <->{100}{10} ES
turn: ES ->{5} E + P

simulate to 20 save 400
`,
  ),
  preset(
    first,
    'infection',
    'An epidemic',
    `
# Susceptible, infected, recovered (Kermack & McKendrick 1927).
param contact = 2, recovery = 0.5
init S = 0.999, I = 0.001

infect: S + I ->{contact} 2 I
recover: I ->{recovery} R

simulate to 20 save 400
`,
  ),
];

/** Those whose texts are long: they are built when they are asked for. */
const lazy = [
  { group: computing, name: 'rate-independent', title: 'XOR at any rates' },
  { group: computing, name: 'crnpp-gcd', title: 'A greatest common divisor (CRN++)' },
  { group: computing, name: 'smooth-relu', title: 'Smooth rectifiers at rest' },
  { group: computing, name: 'sequestration', title: 'Perceptrons by sequestration' },
  { group: computing, name: 'rncrn', title: 'A trained limit cycle (RNCRN)' },
  { group: designed, name: 'discovered-four', title: 'Four reactions found in data' },
  { group: designed, name: 'designed-oscillator', title: 'A designed oscillator' },
  { group: designed, name: 'designed-xor', title: 'A designed XOR' },
  { group: designed, name: 'designed-adder', title: 'A designed adder' },
  { group: learning, name: 'bfcnn', title: 'A sigmoid neuron that learns OR' },
  { group: learning, name: 'bfcnn-xor', title: 'A sigmoid network that learns XOR' },
  { group: learning, name: 'lakin', title: 'A leaky rectifier that learns a sum' },
  { group: learning, name: 'hebbian', title: 'A spiking neuron (Hebb)' },
  { group: learning, name: 'perceptron', title: 'A perceptron that learns NAND' },
  { group: learning, name: 'perturbation', title: 'Weights that are tried (AND)' },
  { group: learning, name: 'one-pot', title: 'XOR learned in one pot' },
] as const satisfies readonly PresetName[];
export type LazyName = (typeof lazy)[number]['name'];
export const lazyNames: readonly LazyName[] = lazy.map(({ name }) => name);

const groups = [oscillators, stiff, computing, designed, learning, first];
/** All there are, group by group. */
export const presetNames: readonly PresetName[] = groups.flatMap((group) =>
  [...presets, ...lazy].filter((one) => one.group === group),
);

/** What has been built. */
const built = new Map<string, Preset>();

/** The preset of a name, built where it must be; undefined for a name that there is not. @throws (rejects) when its script cannot be fetched */
export async function loadPreset(name: string): Promise<Preset | undefined> {
  const known = presetNamed(name) ?? built.get(name);
  const stub = lazy.find((one) => one.name === name);
  if (known || !stub) return known;
  const { buildSystem } = await import('./systems');
  const preset = { ...stub, ...buildSystem(stub.name) };
  built.set(name, preset);
  return preset;
}

/** The preset that a text is, among those at hand. */
export const presetOf = (text: string): Preset | undefined =>
  presets.find((one) => one.text === text) ?? [...built.values()].find((one) => one.text === text);

export const firstPreset = presets[0];
export const presetNamed = (name: string): Preset | undefined => presets.find((one) => one.name === name);
