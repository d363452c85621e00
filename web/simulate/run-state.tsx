import { useComputed } from '@preact/signals';
import { Message } from '../design/panel';
import { shortNumber } from './axis';
import { duration } from './duration';
import type { Model } from './model';

/** How the run stands, in words of the same room whatever it is. */
export function RunState({ model }: { model: Model }) {
  const words = useComputed(() => {
    const result = model.result.value;
    if (model.progress.value) return 'Running…';
    if (model.stopped.value) return 'Stopped';
    if (model.checked.value && !model.checked.value.outline) return 'The text has errors';
    if (result?.failure) return 'Not finished';
    return result?.stats ? `${result.stats.steps} steps, ${duration(result.milliseconds)}` : '';
  });
  return (
    <span class="state small muted number" role="status">
      {words}
    </span>
  );
}

export function Progress({ model }: { model: Model }) {
  const progress = model.progress.value;
  return (
    <div class="progress" aria-hidden={progress === undefined}>
      {progress ? <progress value={progress.fraction} max={1} aria-label="How far the run has come" /> : null}
    </div>
  );
}

/** What went wrong, over the curves that it went wrong with: nothing else moves. */
export function Problem({ model }: { model: Model }) {
  return (
    <div class="problem">
      <Words model={model} />
    </div>
  );
}

function Words({ model }: { model: Model }) {
  const failure = model.result.value?.failure;
  const trouble = model.trouble.value;
  const outline = model.checked.value?.outline;
  if (trouble !== undefined) return <Message kind="error">{trouble}</Message>;
  if (model.progress.value) {
    const { time, steps } = model.progress.value;
    return (
      <Message>
        <span class="number">
          At t = {shortNumber(time)} after {steps.toLocaleString('en')} steps.
        </span>
      </Message>
    );
  }
  if (model.checked.value && !outline) {
    return <Message kind="warning">The curves are of the last text without errors.</Message>;
  }
  if (model.stopped.value) {
    return (
      <Message>
        Stopped{failure?.time === undefined ? '' : ` at t = ${shortNumber(failure.time)}`}.{' '}
        <button type="button" class="link" onClick={() => model.run()}>
          Run again
        </button>
      </Message>
    );
  }
  if (failure) {
    const where = failure.time === undefined ? '' : ` at t = ${shortNumber(failure.time)}`;
    const who = failure.species === undefined ? '' : ` (${failure.species})`;
    return (
      <Message kind="error">
        <strong>
          {failure.message}
          {who}
          {where}.
        </strong>{' '}
        {failure.hint === undefined ? null : `${failure.hint[0].toUpperCase()}${failure.hint.slice(1)}.`}
      </Message>
    );
  }
  const notes = model.result.value?.notes ?? [];
  return notes.length === 0 ? null : (
    <Message>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Message>
  );
}
