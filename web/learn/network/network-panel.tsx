import { useMemo, useRef, useState } from 'preact/hooks';
import { Slider } from '../../design/fields';
import { Panel } from '../../design/panel';
import { Segmented } from '../../design/segmented';
import { useVisible } from '../../design/use-visible';
import { short } from '../../run/numbers';
import { description, trace } from '../store';
import type { Description, TraceFrame } from '../worker/protocol';
import { NetworkDrawing } from './drawing';
import { fluxes, graphFluxes, phaseAt } from './flux';
import { graphOf, MOST_DRAWN } from './graph';

const HEIGHT = 420;
/** Up to so many reactions all are drawn at first. */
const FEW = 60;
/** Rows of a trace in which the largest flux is looked for. */
const LOOKED = 24;
/** Reactions that are named as the busiest. */
const NAMED = 4;

function largest(described: Description, graph: ReturnType<typeof graphOf>, value: TraceFrame): number {
  const rows = value.times.length;
  let most = 0;
  for (let k = 0; k < LOOKED; k++) {
    const row = Math.round((k * (rows - 1)) / (LOOKED - 1));
    for (const flux of graphFluxes(graph, fluxes(described.network, value, row))) most = Math.max(most, flux);
  }
  return most;
}

function Shown({ described }: { described: Description }) {
  const { network } = described;
  const large = network.reactions.length > MOST_DRAWN;
  const [asked, setWhole] = useState<boolean | null>(null);
  const whole = !large && (asked ?? network.reactions.length <= FEW);
  const graph = useMemo(() => graphOf(network, whole), [network, whole]);
  const [part, setPart] = useState(0.2);
  const host = useRef<HTMLDivElement>(null);
  // What nobody sees is left as it is.
  const value = useVisible(host) ? trace.value : trace.peek();
  const row = value ? Math.round(part * (value.times.length - 1)) : 0;
  const flux = useMemo(
    () =>
      value ? graphFluxes(graph, fluxes(network, value, row)) : new Float64Array(graph.reactions.length),
    [graph, value, row],
  );
  const most = useMemo(() => (value ? largest(described, graph, value) : 0), [graph, value]);
  const busiest = graph.reactions
    .map(({ name, members }, r) => ({
      name: members.length > 1 ? `${name} (${members.length})` : name,
      flux: flux[r],
    }))
    .filter(({ flux }) => flux > 0)
    .sort((a, b) => b.flux - a.flux)
    .slice(0, NAMED);
  const when = value
    ? `time ${short(value.times[row])}, phase ${value.phases[phaseAt(value, row)]?.name ?? ''}`
    : '';
  return (
    <div ref={host} class="network-shown">
      <div class="row network-tools">
        <Segmented
          label="What is drawn"
          value={whole ? 'whole' : 'families'}
          choices={[
            { value: 'families', title: 'Families' },
            { value: 'whole', title: 'Every reaction' },
          ]}
          onChange={(value) => setWhole(value === 'whole')}
        />
        <Slider
          label="Flux at"
          value={part}
          from={0}
          to={1}
          steps={value ? value.times.length - 1 : 100}
          format={() => when}
          onInput={setPart}
        />
      </div>
      {large ? (
        <p class="muted small">
          {network.reactions.length.toLocaleString('en')} reactions are too many to draw one by one: families
          of reactions and of species are shown.
        </p>
      ) : null}
      <NetworkDrawing
        graph={graph}
        flux={flux}
        most={most}
        height={HEIGHT}
        label={`The network as a graph: ${graph.species.length} ${whole ? 'species' : 'kinds of species'} and ${graph.reactions.length} ${whole ? 'reactions' : 'families of reactions'}`}
      />
      <ul class="legend">
        <li>
          <i class="swatch" style={{ background: 'var(--series-2)' }} /> used up
        </li>
        <li>
          <i class="swatch" style={{ background: 'var(--series-1)' }} /> made
        </li>
        <li>
          <i class="swatch dotted" /> needed, not used up
        </li>
        <li>wider and stronger: more flux, four times a step</li>
      </ul>
      <p class="small muted number busiest">
        Busiest:{' '}
        {busiest.length > 0
          ? busiest.map(({ name, flux }) => `${name} ${short(flux)}`).join(' · ')
          : 'nothing flows'}
      </p>
    </div>
  );
}

/** The network as a graph, and what flows in it at a moment of the example. */
export function NetworkPanel() {
  const described = description.value;
  return (
    <Panel wide title="Network">
      {described ? <Shown described={described} /> : <div style={{ height: `${HEIGHT}px` }} />}
    </Panel>
  );
}
