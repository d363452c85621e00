import { signal } from '@preact/signals';
import { NumberField } from '../design/fields';
import { Panel } from '../design/panel';
import { labTime } from './lab-time';
import { duration, short } from './numbers';
import { description } from './store';

/** Concentration unit in nM, and largest bimolecular constant in /M/s. */
const lab = signal({ unit: 100, fastest: 1e6 });

const positive = (value: number) => (value > 0 ? undefined : 'a number above 0');

/** Size of the network, and how long it would take in the laboratory. */
export function FactsPanel() {
  const described = description.value;
  const { unit, fastest } = lab.value;
  const time = described && labTime(described.network.reactions, { unit: unit * 1e-9, fastest });
  const example =
    described &&
    (described.clock?.period ?? described.phaseCounts.reduce((sum, phase) => sum + phase.duration, 0));
  const rows = described?.train.targets.length ?? 0;
  return (
    <Panel title="Size and laboratory time">
      <dl class="facts number">
        <dt>Species</dt>
        <dd>{described?.counts.species ?? '–'}</dd>
        <dt>Reactions</dt>
        <dd>{described?.counts.reactions ?? '–'}</dd>
        <dt>Most reactants of one reaction</dt>
        <dd>{described?.counts.maxMolecularity ?? '–'}</dd>
        <dt>Conserved sums</dt>
        <dd>{described?.moieties ?? '–'}</dd>
        {(described?.phaseCounts ?? []).map(({ name, reactions, duration: length }) => (
          <>
            <dt key={name}>Phase {name}</dt>
            <dd key={`${name} size`}>
              {reactions} reactions, time {short(length)}
            </dd>
          </>
        ))}
        {described?.clock ? (
          <>
            <dt>Clock inside</dt>
            <dd>
              {described.clock.kind}, period {short(described.clock.period)}
            </dd>
          </>
        ) : null}
      </dl>
      <div class="pair">
        <NumberField
          label="One unit is, nM"
          value={unit}
          check={positive}
          onChange={(value) => {
            lab.value = { ...lab.value, unit: value };
          }}
        />
        <NumberField
          label="Fastest, /M/s"
          value={fastest}
          check={positive}
          onChange={(value) => {
            lab.value = { ...lab.value, fastest: value };
          }}
        />
      </div>
      <dl class="facts number">
        <dt>One example</dt>
        <dd>{time && example ? duration(example * time.second) : '–'}</dd>
        <dt>One epoch</dt>
        <dd>{time && example ? duration(example * time.second * rows) : '–'}</dd>
        <dt>The whole training</dt>
        <dd>{time && example ? duration(example * time.second * rows * (described?.epochs ?? 0)) : '–'}</dd>
      </dl>
      <p class="muted small">
        {time === null || time.limit === null
          ? 'No bimolecular reaction sets the time.'
          : `Limited by ${time.limit.label || 'a reaction'} with k = ${short(time.limit.rate)}; rates span ${short(time.range)}-fold, the fastest first-order one is ${short(time.unimolecular)} /s.`}
        {time && time.higher > 0
          ? ` ${time.higher} reactions take three molecules: in the laboratory two steps each.`
          : ''}
      </p>
    </Panel>
  );
}
