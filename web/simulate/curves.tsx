import type { Signal } from '@preact/signals';
import { shortNumber } from './axis';
import { LineSwitches } from './legend';
import type { Model } from './model';
import { CurvesPlot } from './plot';
import { Problem } from './run-state';

interface Shown {
  model: Model;
  dark: boolean;
  cursor: Signal<number | undefined>;
}

/** The curves of the last run that had any, and over them what is wrong with the present one. */
export function Curves({ model, dark, cursor, title }: Shown & { title?: string }) {
  const result = model.result.value;
  const curves = result?.curves;
  const lines = curves?.names.slice(0, 12).join(', ');
  return (
    <div class={model.upToDate.value ? 'canvas' : 'canvas old'}>
      {curves ? (
        <CurvesPlot
          curves={curves}
          hidden={model.hidden.value}
          logTime={model.logTime.value}
          logConcentration={model.logConcentration.value}
          dark={dark}
          end={result.to}
          cursor={cursor}
          label={`${title === undefined ? '' : `${title}: `}${lines} over time until ${shortNumber(result.to)}`}
          onWidth={(points) => {
            model.most = Math.max(400, points);
          }}
        />
      ) : (
        <p class="muted">
          {model.running.value || !model.checked.value ? 'Running…' : 'There are no curves yet.'}
        </p>
      )}
      <Problem model={model} />
    </div>
  );
}

/** Their names with their values, each of which shows or hides its line. */
export function Lines({ model, dark, cursor }: Shown) {
  const curves = model.result.value?.curves;
  if (!curves) return null;
  return (
    <LineSwitches
      curves={curves}
      hidden={model.hidden.value}
      dark={dark}
      cursor={cursor}
      logTime={model.logTime.value}
      onChange={(hidden) => {
        model.hidden.value = hidden;
      }}
    />
  );
}
