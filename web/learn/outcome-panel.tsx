import { Panel } from '../design/panel';
import { Confusion } from './confusion';
import { classColor, DecisionMap } from './decision-map';
import { Parity } from './parity';
import { description, history, last, map, predictions } from './store';
import type { Description } from './worker/protocol';

const HEIGHT = 286;

function Classes({ described }: { described: Description }) {
  return (
    <ul class="legend">
      {described.classes.map((name, k) => (
        <li key={name}>
          <svg width="10" height="10" aria-hidden="true">
            {k % 2 === 1 ? (
              <rect x="1" y="1" width="8" height="8" fill={`var(${classColor(k)})`} />
            ) : (
              <circle cx="5" cy="5" r="4.5" fill={`var(${classColor(k)})`} />
            )}
          </svg>
          {name}
        </li>
      ))}
      <li>dots: training examples; the ring: the one just learned</li>
    </ul>
  );
}

/** What the chemistry predicts: a map, a table of classes, or predictions against labels. */
export function OutcomePanel() {
  const described = description.value;
  if (described === null) {
    return (
      <Panel title="Predictions">
        <div style={{ height: `${HEIGHT}px` }} />
      </Panel>
    );
  }
  const epoch = history.value[history.value.length - 1]?.epoch;
  const title =
    described.plane !== null
      ? 'Decision map'
      : described.classes.length > 0
        ? 'Unseen examples by class'
        : 'Predictions against labels';
  const at = described.plane === null ? epoch : map.value?.epoch;
  return (
    <Panel
      title={title}
      tools={<span class="muted small number">{at === undefined ? '' : `at epoch ${at}`}</span>}
    >
      {described.plane !== null ? (
        <>
          <DecisionMap map={map.value} described={described} current={last.value?.sample} height={HEIGHT} />
          <Classes described={described} />
        </>
      ) : described.classes.length > 0 ? (
        <Confusion described={described} predicted={predictions.value?.validation} height={HEIGHT} />
      ) : (
        <Parity described={described} predicted={predictions.value} height={HEIGHT} />
      )}
    </Panel>
  );
}
