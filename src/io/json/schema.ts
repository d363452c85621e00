import * as v from 'valibot';

/** What a file says it is, and in which version of these rules. */
export const formatName = 'neural-crn network';
export const formatVersion = 1;

const name = v.pipe(v.string(), v.minLength(1), v.description('Any text without backticks and line ends.'));

const constant = v.pipe(
  v.union([v.number(), v.string()]),
  v.description('A number, or numbers and parameters with + - * / ^ ( ) exp ln sqrt as a text: "2*k1".'),
);

const terms = v.pipe(
  v.array(v.strictTuple([name, v.number()])),
  v.description('Species with their numbers, each once.'),
);

const crossing = v.strictObject({
  species: name,
  direction: v.picklist(['rises', 'falls']),
  level: constant,
});

const positive = v.pipe(v.number(), v.gtValue(0));

/** A network as JSON: parts refer to each other by names. */
export const networkSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(v.string()),
    format: v.literal(formatName),
    version: v.literal(formatVersion),
    convention: v.pipe(v.optional(v.string()), v.description('For readers; what rates mean is fixed.')),
    name: v.optional(v.string()),
    parameters: v.optional(v.array(v.strictObject({ name, value: constant })), []),
    compartments: v.optional(v.array(v.strictObject({ name, size: constant }))),
    species: v.pipe(
      v.array(
        v.strictObject({
          name,
          initial: v.optional(constant, 0),
          constant: v.pipe(
            v.optional(v.boolean(), false),
            v.description('Held by the environment: no reaction changes it.'),
          ),
          compartment: v.optional(name),
          quantity: v.optional(v.picklist(['concentration', 'amount'])),
        }),
      ),
      v.description('In the order in which runs report them.'),
    ),
    reactions: v.array(
      v.strictObject({
        label: v.optional(name),
        reactants: v.optional(terms, []),
        products: v.optional(terms, []),
        rate: v.optional(constant, 1),
        orders: v.pipe(
          v.optional(terms),
          v.description('Exponents of the rate where it is an explicit law; else those of the reactants.'),
        ),
        channel: v.pipe(
          v.optional(v.strictObject({ name, sign: v.picklist([1, -1]) })),
          v.description('The event of stochastic simulation of which this is a term.'),
        ),
      }),
    ),
    observables: v.optional(v.array(v.strictObject({ name, terms }))),
    phases: v.optional(
      v.array(
        v.strictObject({
          name,
          duration: constant,
          active: v.union([v.literal('*'), v.array(name)]),
          when: v.optional(crossing),
        }),
      ),
      [],
    ),
    doses: v.optional(
      v.array(
        v.strictObject({
          species: name,
          amount: constant,
          mode: v.optional(v.picklist(['add', 'set']), 'add'),
          at: v.union([v.strictObject({ phase: name }), crossing]),
        }),
      ),
      [],
    ),
    simulation: v.optional(
      v.strictObject({
        to: v.optional(constant),
        save: v.optional(
          v.union([
            v.pipe(v.number(), v.integer(), v.gtValue(0)),
            v.strictObject({ from: positive, to: positive, points: v.pipe(v.number(), v.integer()) }),
          ]),
        ),
        rtol: v.optional(positive),
        atol: v.optional(positive),
        atolBySpecies: v.optional(terms),
        method: v.optional(v.string()),
      }),
      {},
    ),
  }),
  v.title('A chemical reaction network of neural-crn'),
  v.description(
    'A rate is its constant times the product of concentrations to their orders, without factorials.',
  ),
);

export type NetworkJson = v.InferOutput<typeof networkSchema>;
