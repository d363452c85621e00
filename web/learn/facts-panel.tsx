import { signal } from '@preact/signals';
import { durationText, dynamicRange, inLabUnits, labScale } from 'neural-crn/lab';
import { NumberField } from '../design/fields';
import { Panel } from '../design/panel';
import { short } from '../run/numbers';
import { description } from './store';
import type { NetworkReaction } from './worker/protocol';

/** Concentration unit in nM, and largest bimolecular constant in /M/s. */
const lab = signal({ unit: 100, fastest: 1e6 });

const plain = ({ label, rate, orders }: NetworkReaction) => ({
  label,
  rate,
  order: orders.reduce((sum, { count }) => sum + count, 0),
});

const positive = (value: number) => (value > 0 ? undefined : 'a number above 0');

/** Size of the network, and how long it would take in the laboratory. */
export function FactsPanel() {
  const described = description.value;
  const { unit, fastest } = lab.value;
  const constants = (described?.network.reactions ?? []).map(plain);
  const scale = described && labScale(constants, { concentration: unit * 1e-9, rate: fastest });
  const ofOrder = (fits: (order: number) => boolean) => constants.filter(({ order }) => fits(order));
  const higher = ofOrder((order) => order > 2).length;
  const unimolecular = ofOrder((order) => order === 1).reduce((most, { rate }) => Math.max(most, rate), 0);
  const lasting = (length: number) => (scale ? durationText(length * scale.second) : '–');
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
        <dd>{example ? lasting(example) : '–'}</dd>
        <dt>One epoch</dt>
        <dd>{example ? lasting(example * rows) : '–'}</dd>
        <dt>The whole training</dt>
        <dd>{example ? lasting(example * rows * (described?.epochs ?? 0)) : '–'}</dd>
      </dl>
      <p class="muted small">
        {!scale?.limit
          ? 'No bimolecular reaction sets the time.'
          : `Limited by ${scale.limit.label || 'a reaction'} with k = ${short(scale.limit.rate)}; k = 1 is ${short(scale.one)} /M/s. Rates span ${short(dynamicRange(constants))}-fold, the fastest first-order one is ${short(inLabUnits(scale, unimolecular, 1))} /s.`}
        {higher > 0 ? ` ${higher} reactions take three molecules: in the laboratory two steps each.` : ''}
      </p>
    </Panel>
  );
}
