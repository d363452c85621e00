import { Button } from '../design/button';
import { continueSaved, forgetSaved, progress, saved } from './store';

/** A run that an earlier visit left, to be continued or forgotten. */
export function SavedOffer() {
  const run = saved.value;
  // Once something is learned here, the offer would throw it away.
  if (run === null || run.epoch < 1 || progress.value.steps > 0) return null;
  return (
    <div class="message saved-offer" role="status">
      <span>
        A run of <strong>{run.experiment}</strong> was left at epoch {run.epoch}.
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
