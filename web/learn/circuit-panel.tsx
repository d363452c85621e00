import { Check, type Choice, NumberField, Select, Slider } from '../design/fields';
import { Panel } from '../design/panel';
import { short } from '../run/numbers';
import { CSV, type Setup } from './setup';
import { change, changeCircuit, description, problem, recipes, setup } from './store';
import type { Description } from './worker/protocol';

const DYNAMICS = ['linear', 'quadratic', 'cubic', 'relu', 'rectified'];
const CLOCKS = { none: 'none: an outside schedule', coop: 'cooperative ring', ring: 'autocatalytic ring' };
/** Where the slider of the learning rate ends. */
const RATES = { from: 1e-4, to: 10 };

/** What was refused, if it is about this option. */
const refused = (name: string): string | undefined => {
  const { value } = problem;
  return value?.where === 'setup' && new RegExp(`^(constants\\.)?${name}\\b`).test(value.message)
    ? value.message
    : undefined;
};

/** The law of the nodes decides most else, so a change of it is a change to a recipe that has it. */
function DynamicsField({ described }: { described: Description }) {
  const { task } = setup.value;
  const known = recipes.value[task] ?? [];
  const recipeOf = (dynamics: string) => {
    const having = known.filter((recipe) => recipe.dynamics === dynamics);
    return having.find(({ settings }) => settings === 'improved') ?? having[0];
  };
  const present = described.settings.dynamics;
  const choices: Choice<string>[] = DYNAMICS.map((value) => ({
    value,
    title: value,
    ...(value !== present &&
      recipeOf(value) === undefined && { reason: `no circuit of this task has ${value} nodes` }),
  }));
  return (
    <Select
      label="Nodes (dynamics)"
      value={present}
      choices={choices}
      {...(task === CSV && {
        reason: 'a table of numbers is learned by linear nodes, one of classes by rectified ones',
      })}
      onChange={(value) => {
        const recipe = recipeOf(value);
        if (recipe)
          change({ recipe: recipe.standard ? null : recipe.name, circuit: {}, epochs: null, clock: null });
      }}
    />
  );
}

type Word = 'wiring' | 'adjoint' | 'readout' | 'rails';
const TITLES: Record<Word, string> = {
  wiring: 'Wiring',
  adjoint: 'Adjoint',
  readout: 'Read-out',
  rails: 'Rails',
};

function WordField({ name, described }: { name: Word; described: Description }) {
  const choices = described.choices[name].map(({ value, reason }) => ({
    value,
    title: value,
    ...(reason !== undefined && { reason }),
  }));
  return (
    <Select
      label={TITLES[name]}
      value={setup.value.circuit[name] ?? described.settings[name]}
      choices={choices}
      error={refused(name)}
      onChange={(value) => changeCircuit({ [name]: value })}
    />
  );
}

type Amount = keyof Description['fixed'];

function AmountField({ name, label, described }: { name: Amount; label: string; described: Description }) {
  const value = setup.value.circuit[name] ?? described.settings[name] ?? 0;
  return (
    <NumberField
      label={label}
      value={value}
      reason={described.fixed[name]}
      error={refused(name)}
      onChange={(value) => changeCircuit({ [name]: value })}
    />
  );
}

function Constants({ described }: { described: Description }) {
  const own = setup.value.circuit.constants ?? {};
  return (
    <details class="more">
      <summary>Rate constants</summary>
      <div class="fields">
        {Object.entries(described.settings.constants).map(([name, value]) => (
          <NumberField
            key={name}
            label={name}
            value={own[name] ?? value}
            error={refused(name)}
            onChange={(value) => changeCircuit({ constants: { ...own, [name]: value } })}
          />
        ))}
      </div>
    </details>
  );
}

function ClockField({ described }: { described: Description }) {
  const { clock, gate } = setup.value;
  const present = clock ?? described.clock?.kind ?? 'none';
  const choices = described.choices.clock.map(({ value, reason }) => ({
    value,
    title: CLOCKS[value as keyof typeof CLOCKS],
    ...(reason !== undefined && { reason }),
  }));
  return (
    <>
      <Select
        label="Clock inside"
        value={present}
        choices={choices}
        onChange={(value) => change({ clock: value as Setup['clock'] })}
      />
      <Select
        label="Its gates"
        value={gate}
        choices={(['catalyst', 'proxy', 'rate'] as const).map((value) => ({ value, title: value }))}
        {...(present === 'none' && { reason: 'there is no clock inside' })}
        onChange={(value) => change({ gate: value })}
      />
    </>
  );
}

const whole = (value: number) =>
  Number.isSafeInteger(value) && value >= 1 ? undefined : 'a whole number from 1';

function Fields({ described }: { described: Description }) {
  const { epochs, order, circuit } = setup.value;
  const rate = circuit.rate ?? described.settings.rate;
  return (
    <>
      <div class="fields">
        <DynamicsField described={described} />
        <WordField name="wiring" described={described} />
        <WordField name="adjoint" described={described} />
        <WordField name="readout" described={described} />
        <WordField name="rails" described={described} />
        <AmountField name="hidden" label="Width, nodes" described={described} />
      </div>
      <Slider
        label="Learning rate"
        value={Math.min(RATES.to, Math.max(RATES.from, rate))}
        from={RATES.from}
        to={RATES.to}
        logarithmic
        format={() => short(rate)}
        onInput={(value) => changeCircuit({ rate: Number(value.toPrecision(2)) })}
      />
      <div class="fields">
        <AmountField name="rate" label="Learning rate, exactly" described={described} />
        <AmountField name="readoutRate" label="Rate of the read-out" described={described} />
        <AmountField name="horizon" label="Horizon T, phase feed" described={described} />
        <AmountField name="learnTime" label="Length of phase learn" described={described} />
        <NumberField
          label="Epochs"
          value={epochs ?? described.epochs}
          check={whole}
          error={refused('epochs')}
          onChange={(value) => change({ epochs: value })}
        />
      </div>
      <Check
        label="Shuffle the examples every epoch"
        value={(order ?? described.order) === 'shuffled'}
        onChange={(value) => change({ order: value ? 'shuffled' : 'fixed' })}
      />
      <div class="fields">
        <ClockField described={described} />
      </div>
      <Constants described={described} />
    </>
  );
}

/** The circuit's options. Those that do not go with the others are refused, with the reason. */
export function CircuitPanel() {
  const described = description.value;
  const { task } = setup.value;
  const title = (recipes.value[task] ?? []).find(({ name }) => name === described?.recipe)?.title;
  return (
    <Panel title="Circuit">
      <p class="muted small circuit-title">{title ?? described?.notes[1] ?? ' '}</p>
      {described ? <Fields described={described} /> : <div class="circuit-empty" />}
    </Panel>
  );
}
