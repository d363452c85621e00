import { Button } from '../design/button';
import { Select } from '../design/fields';
import { Panel } from '../design/panel';
import { methods } from './methods';
import type { Model } from './model';
import type { Say } from './say';
import { OptionalNumber } from './settings-fields';
import { ValueSliders } from './value-sliders';

/** Sliders for the numbers of the text, and settings of the run. */
export function ValuesPanel({ model, onSay }: { model: Model; onSay: Say }) {
  // While the text has errors, the sliders of the last text without any stay.
  const outline = model.outline.value;
  const broken = model.checked.value?.outline === undefined;
  const changes = model.changes.value;
  const settings = model.settings.value;
  const changed = Object.keys(changes).length > 0;
  return (
    <div class="side">
      <Panel
        title="Values"
        tools={
          <div class="tools">
            <Button
              look="quiet"
              disabled={!changed}
              onPress={async () => {
                const text = await model.written();
                if (text === undefined) {
                  onSay({
                    kind: 'error',
                    text: 'One of these values stands in no place of its own in the text: change it there by hand.',
                  });
                  return;
                }
                model.load({ ...model.state.peek(), text, changes: {} });
              }}
            >
              Write into text
            </Button>
            <Button
              look="quiet"
              disabled={!changed}
              onPress={() => {
                model.changes.value = {};
              }}
            >
              Reset all
            </Button>
          </div>
        }
      >
        {outline ? (
          <ValueSliders
            values={outline.values}
            more={outline.moreValues}
            changes={changes}
            disabled={broken}
            onChange={(next) => {
              model.changes.value = next;
            }}
          />
        ) : (
          <p class="muted small">Every number of the text gets a slider.</p>
        )}
        <details class="more" open>
          <summary>Run</summary>
          <div class="fields">
            <OptionalNumber
              label="Until"
              value={settings.to}
              own={outline?.to}
              onChange={(to) => {
                const { to: _, ...others } = settings;
                model.settings.value = to === undefined ? others : { ...others, to };
              }}
            />
            <OptionalNumber
              label="Relative tolerance"
              value={settings.rtol}
              own={outline?.rtol}
              most={0.1}
              least={1e-13}
              onChange={(rtol) => {
                const { rtol: _, ...others } = settings;
                model.settings.value = rtol === undefined ? others : { ...others, rtol };
              }}
            />
            <Select
              label="Method"
              value={settings.method ?? ''}
              choices={[
                { value: '', title: `As in the text (${outline?.method ?? 'auto'})` },
                ...methods.map(({ value, title }) => ({ value, title })),
              ]}
              onChange={(value) => {
                const { method: _, ...others } = settings;
                const method = methods.find((one) => one.value === value)?.value;
                model.settings.value = method === undefined ? others : { ...others, method };
              }}
            />
          </div>
        </details>
      </Panel>
    </div>
  );
}
