import './learn.css';
import { useEffect } from 'preact/hooks';
import { Button } from '../design/button';
import { later } from '../design/later';
import { Message, Panel } from '../design/panel';
import { CircuitPanel } from './circuit-panel';
import { ConcentrationsPanel } from './concentrations-panel';
import { FactsPanel } from './facts-panel';
import { LossPanel } from './loss-panel';
import { OutcomePanel } from './outcome-panel';
import { LearnBar } from './run-bar';
import { SavedOffer } from './saved-offer';
import { CSV, type Setup } from './setup';
import { chooseTable, note, ownSettings, problem, setup, state } from './store';
import { TablePanel } from './table-panel';
import { WeightsPanel } from './weights-panel';

const waiting = (title: string) => <Panel title={title}>{<p class="muted">Loading…</p>}</Panel>;
const NetworkPanel = later(
  () => import('./network/network-panel').then(({ NetworkPanel }) => NetworkPanel),
  waiting('Network'),
);
const ExportPanel = later(
  () => import('./export/export-panel').then(({ ExportPanel }) => ExportPanel),
  waiting('Take it along'),
);

const changed = ({ circuit, clock }: Setup) => Object.keys(circuit).length > 0 || clock !== null;

/** What cannot be done, where it arises, and what is worth knowing. */
function Told() {
  const { value } = problem;
  return (
    <>
      {value === null ? null : (
        <Message kind="error">
          {value.message}
          {value.hint === undefined ? null : <> — {value.hint}</>}
          {value.where === 'setup' && changed(setup.value) ? (
            <div class="row">
              <Button onPress={ownSettings}>Back to the circuit's own settings</Button>
            </div>
          ) : null}
        </Message>
      )}
      {note.value === '' ? null : <Message>{note}</Message>}
    </>
  );
}

function Body() {
  return (
    <div class="learn-body">
      <aside class="learn-side">
        <CircuitPanel />
      </aside>
      <div class="learn-main">
        <LossPanel />
        <OutcomePanel />
        <ConcentrationsPanel />
        <WeightsPanel />
        <FactsPanel />
        <NetworkPanel />
        <ExportPanel />
      </div>
    </div>
  );
}

/** A table may be dropped anywhere; what is dropped beside must not take the page away. */
function takeDropped(): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    // The table's panel has taken its own.
    if (file === undefined || event.defaultPrevented) return;
    event.preventDefault();
    chooseTable(file, file.name.replace(/\.[^.]*$/, ''));
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}

/** Chemistry that learns: a task, a circuit, a run, and what happens in the pot. */
export function Learn() {
  useEffect(takeDropped, []);
  return (
    <div class="learn">
      <LearnBar />
      <SavedOffer />
      <Told />
      {setup.value.task === CSV ? <TablePanel /> : null}
      {state.value === 'empty' ? null : <Body />}
    </div>
  );
}
