import { useSignal } from '@preact/signals';
import { Button } from '../design/button';
import { Icon } from '../design/icon';
import { Menu } from '../design/menu';
import { Panel } from '../design/panel';
import { AxisSwitches } from './axis-switches';
import { Curves, Lines } from './curves';
import { exportItems } from './export-items';
import type { Model } from './model';
import { presetOf } from './presets';
import { Progress, RunState } from './run-state';
import type { Say } from './say';

/** A preset's title, or what the text's first comment says. */
const titleOf = ({ text }: Model): string =>
  presetOf(text.value)?.title ??
  (/^#\s*([^:.(\n]*)/.exec(text.value)?.[1].trim() || 'Concentrations over time');

/** The curves, and what can be done with them. */
export function CurvesPanel({ model, dark, onSay }: { model: Model; dark: boolean; onSay: Say }) {
  const cursor = useSignal<number | undefined>(undefined);
  const title = titleOf(model);
  return (
    <div class="plot">
      <Panel
        title="Concentrations"
        tools={
          <div class="tools">
            <RunState model={model} />
            <Button onPress={() => model.stop()} disabled={!model.running.value} label="Stop the run">
              <Icon name="stop" />
              Stop
            </Button>
            <Menu
              title={
                <>
                  <Icon name="download" />
                  Export
                </>
              }
              items={exportItems(model, title, onSay)}
            />
          </div>
        }
      >
        <Progress model={model} />
        <Curves model={model} dark={dark} cursor={cursor} title={title} />
        <AxisSwitches model={model} />
        <Lines model={model} dark={dark} cursor={cursor} />
      </Panel>
    </div>
  );
}
